"""What people see in a browser: a plan as one page, the desk and its API."""

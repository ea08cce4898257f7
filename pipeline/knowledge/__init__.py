"""What the field knows: every list of words once, as data with a typed loader.

Agencies and posts are in `agencies`, places in `places`. Every file says in its head what it is for, who reads it and
where it is from. Nothing is read before it is asked for; what is read is kept.
"""

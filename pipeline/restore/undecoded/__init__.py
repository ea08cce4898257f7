"""Text that a program decoded wrongly: in an encoding of before Unicode, or without the letters it had no sign for."""

"""Files people hand in: genuine, broken and hostile ones, and judges of what is stored of them."""

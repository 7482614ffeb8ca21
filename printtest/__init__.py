"""Does the printed card's QR still read? The real PDF as pixels, made worse on purpose."""

"""Pictures: numbers in, the geometry of an SVG and its text twin out; templates only write it down."""

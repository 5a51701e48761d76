"""Pages, one a file: each asks services and hands what they answer to a template."""

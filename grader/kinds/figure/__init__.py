"""A figure: what matplotlib drew, when a function was called or a cell was run."""

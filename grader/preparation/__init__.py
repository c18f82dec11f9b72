"""How arrays that `fit` was given were made of a dataset's own: recognised, and made again."""

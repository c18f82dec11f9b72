"""The cells of the example's notebook, in order: names, and texts."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "title": """
# Example

Write here what students are to learn, and what they need to know for it.
""",
    "accuracy-task": """
## Exercise 1: accuracy

A network with one sigmoid unit gives a number between 0 and 1 for each image. Above 0.5, it \
counts as the class 1, otherwise as the class 0.

Complete `accuracy`: it takes the labels of some images, each of them 0 or 1, and the outputs of a \
network for them. It returns the share of images that are told right, a number between 0 and 1.
""",
    "accuracy": '''
# GRADED FUNCTION: accuracy
def accuracy(labels, outputs):
    """Return the share of images that are told right."""
    ### START CODE HERE
    # Compare each output with its label.
    hits = [(output > 0.5) == (label == 1) for label, output in zip(labels, outputs)]

    # How many are right, of all?
    right = sum(hits)
    share = right / len(labels)
    ### END CODE HERE
    return share
''',
    "accuracy-shown": """
# grader-required-cell
print(accuracy([1, 0, 1, 0], [0.9, 0.2, 0.3, 0.1]))
""",
    "accuracy-expected": """
**Expected output**

```
0.75
```
""",
    "guessed-task": """
## Exercise 2: guessing

There are two classes with as many images each. Which accuracy does a network have that guesses?
""",
    "guessed": """
# GRADED VALUE: guessed
### START CODE HERE
guessed = 0.5
### END CODE HERE
""",
}
CODE = frozenset({"accuracy", "accuracy-shown", "guessed"})

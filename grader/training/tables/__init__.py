"""Which classes of Keras the trainer constructs, and what each of their arguments may be.

Source: the constructors of Keras 3.15.1; a test compares the names. Left out on purpose is what
holds an array, a function, a path or a name of an object, and what only changes how a layer is
called: ``name``, ``dtype`` (float32 always) and ``autocast``.
"""

"""Shuts a kernel off before a line of a submission runs in it.

In two steps: ``confine`` while the process has one thread and nothing of it runs yet, and ``seal``
once the kernel's own sockets are open. What is stopped, and by what, is in ``layers``.
"""

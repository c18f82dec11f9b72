"""What systems and programs leave in folders that somebody has looked into, packed or shared."""

# Of Finder, Explorer, and archives that were made on a Mac.
_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
# Of Macs, shared drives, disks, and Python.
_FOLDERS = frozenset(
    {
        "__macosx", "@eadir", "#recycle", "$recycle.bin", "system volume information",
        "lost+found", "__pycache__",
    }
)  # fmt: skip
# An office program's mark of a document that is open.
_OPEN = "~$"


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is nobody's work."""
    return name.casefold() in _FILES | _FOLDERS or name.startswith(_OPEN)


def is_overlooked(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or nobody's work."""
    return name.startswith(".") or is_litter(name)

"""Attacks that change what is not theirs, or leave something where others find it."""

from hostile.attack import attack
from hostile.harm import changed, planted, said

TO_OTHERS = (
    attack(
        "writes-gradebook",
        "Adds a line to the table of grades.",
        changed,
        'open("{gradebook}", "a").write("me,100\\n")',
    ),
    attack(
        "writes-by-shell",
        "Has a shell add the line.",
        changed,
        """
        import os
        os.system('echo me,100 >> "{gradebook}"')
        """,
    ),
    attack(
        "writes-by-library",
        "Calls the C library's open and write.",
        changed,
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        libc.write(libc.open(b"{gradebook}", os.O_WRONLY), b"me,100", 6)
        """,
    ),
    attack(
        "writes-by-hard-link",
        "Writes to the table of grades by a hard link in its own folder.",
        changed,
        'import os\nos.link("{gradebook}", "mine")\nopen("mine", "w").write("me,100")',
    ),
    attack(
        "writes-by-symlink",
        "Writes to the table of grades by a symbolic link in its own folder.",
        changed,
        'import os\nos.symlink("{gradebook}", "mine")\nopen("mine", "w").write("me,100")',
    ),
    attack(
        "writes-by-folder-of-neighbour",
        "Writes to a file in the folder that another process works in.",
        changed,
        'open("/proc/{neighbour_pid}/cwd/notes", "w").write("nothing")',
    ),
    attack(
        "truncates-neighbour",
        "Empties another submission without opening it.",
        changed,
        'import os\nos.truncate("{neighbour}", 0)',
    ),
    attack(
        "permits-neighbour",
        "Lets everybody read another submission.",
        changed,
        'import os\nos.chmod("{neighbour}", 0o666)',
    ),
    attack(
        "dates-neighbour",
        "Has another submission come too late.",
        changed,
        'import os\nos.utime("{neighbour}", (4e9, 4e9))',
    ),
    attack(
        "renames-neighbour",
        "Renames another submission.",
        changed,
        'import os\nos.rename("{neighbour}", "{neighbour}.old")',
    ),
    attack(
        "moves-neighbour",
        "Moves another submission into its own folder.",
        changed,
        'import os\nos.rename("{neighbour}", "mine")',
    ),
    attack(
        "removes-neighbour",
        "Removes another submission.",
        changed,
        'import os\nos.unlink("{neighbour}")',
    ),
    attack(
        "exchanges-neighbour",
        "Puts a link in the place of another submission.",
        changed,
        """
        import os
        os.symlink("{solution}", "link")
        os.replace("link", "{neighbour}")
        """,
    ),
    attack(
        "pipes-report",
        "Puts a pipe that never ends in among the reports.",
        changed,
        'import os\nos.mkfifo("{reports}/report.json")',
    ),
    attack(
        "starts-with-home",
        "Has the user's next notebook run something first.",
        changed,
        """
        import os
        startup = "{home}/.ipython/profile_default/startup"
        os.makedirs(startup)
        open(startup + "/first.py", "w").write("print('hello')")
        """,
    ),
)
TO_ALL = (
    attack(
        "plants-in-grader",
        "Leaves a module in the grader's package.",
        planted,
        'open("{in_grader}", "w").write("x = 1")',
    ),
    attack(
        "plants-in-packages",
        "Leaves a module among the packages that the template imports.",
        planted,
        'open("{in_packages}", "w").write("x = 1")',
    ),
    attack(
        "plants-in-prefix",
        "Leaves a file in the interpreter's folder, by the template's view of it.",
        planted,
        'open("/proc/{template_pid}/root{in_prefix}", "w").write("x = 1")',
    ),
    attack(
        "plants-in-temp",
        "Leaves a file among the temporary files of all.",
        planted,
        'open("{in_temp}", "w").write("my solution")',
    ),
    attack(
        "sets-system",
        "Writes to a setting of the system, what it is already.",
        said("WROTE"),
        """
        with open("/proc/sys/kernel/hostname", "r+b", 0) as setting:
            content = setting.read()
            setting.seek(0)
            print("WROTE", setting.write(content))
        """,
        needs="system settings",
    ),
)
ATTACKS = (*TO_OTHERS, *TO_ALL)

"""Attacks that talk to somebody, or have somebody talk to them."""

from hostile.attack import attack
from hostile.harm import heard, said
from hostile.smuggling import SOCKET, URING

STREAM = "import socket\nsocket.socket(socket.AF_UNIX).connect(%s)"
LISTENING = """
import socket
listener = socket.socket(socket.%s, socket.%s)
listener.bind(%s)
print("LISTENING", listener.fileno())
"""
TALKING = (
    attack(
        "connects-tcp",
        "Connects to a port of the machine.",
        heard,
        'import socket\nsocket.create_connection(("127.0.0.1", {tcp}), timeout=1)',
    ),
    attack(
        "connects-tcp6",
        "The same by IPv6.",
        heard,
        'import socket\nsocket.create_connection(("::1", {tcp6}), timeout=1)',
        needs="IPv6",
    ),
    attack(
        "connects-while-sending",
        "Has the first piece of data make the connection (TCP Fast Open).",
        heard,
        """
        import socket
        socket.socket().sendto(b"hello", socket.MSG_FASTOPEN, ("127.0.0.1", {tcp}))
        """,
    ),
    attack(
        "connects-by-url",
        "Asks a server of the machine for a page.",
        heard,
        """
        import urllib.request
        urllib.request.urlopen("http://127.0.0.1:{tcp}/", timeout=0.2)
        """,
    ),
    attack(
        "connects-by-program",
        "Has a program connect.",
        heard,
        """
        import subprocess
        subprocess.run(["bash", "-c", "echo hello > /dev/tcp/127.0.0.1/{tcp}"])
        """,
    ),
    attack(
        "sends-udp",
        "Sends a datagram to a port of the machine.",
        heard,
        """
        import socket
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", {udp}))
        """,
    ),
    attack(
        "sends-by-io-uring",
        "The same from a socket that a queue of requests has made.",
        heard,
        URING % SOCKET,
        'import socket\nsocket.socket(fileno=made).sendto(b"hello", ("127.0.0.1", {udp}))',
        needs="io_uring",
    ),
    attack(
        "asks-for-a-name",
        "Tells a name server something by asking for it.",
        heard,
        """
        import socket
        name = b"".join(bytes([len(part)]) + part for part in (b"my-solution", b"invalid", b""))
        query = bytes([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]) + name + bytes([0, 1, 0, 1])
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, ("127.0.0.1", {udp}))
        """,
    ),
    attack(
        "connects-unix",
        "Connects to a socket in a folder.",
        heard,
        STREAM % '"{socket}"',
    ),
    attack(
        "connects-abstract",
        "Connects to a socket that is in no folder.",
        heard,
        STREAM % '"\\0{abstract}"',
    ),
    attack(
        "sends-unix",
        "Sends a datagram to a socket in a folder.",
        heard,
        """
        import socket
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"hello", "{datagrams}")
        """,
    ),
    attack(
        "sends-from-a-pair",
        "The same from one end of a pair, which needs no other socket.",
        heard,
        """
        import socket
        pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        pair[0].sendto(b"hello", "{datagrams}")
        """,
    ),
    attack(
        "sends-message-from-a-pair",
        "The same by sendmsg, from a pair of another kind that is the same.",
        heard,
        """
        import socket
        pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_RAW)
        pair[0].sendmsg([b"hello"], [], 0, "{datagrams}")
        """,
    ),
)
LISTENERS = (
    attack(
        "listens-tcp",
        "Listens on a port of the machine.",
        said("LISTENING"),
        LISTENING % ("AF_INET", "SOCK_STREAM", '("127.0.0.1", 0)') + "\nlistener.listen()",
    ),
    attack(
        "listens-without-binding",
        "Listens on whichever port there is.",
        said("LISTENING"),
        'import socket\nsocket.socket().listen()\nprint("LISTENING")',
    ),
    attack(
        "listens-udp",
        "Takes datagrams on a port of the machine.",
        said("LISTENING"),
        LISTENING % ("AF_INET", "SOCK_DGRAM", '("127.0.0.1", 0)'),
    ),
    attack(
        "listens-unix",
        "Listens in a folder of others.",
        said("LISTENING"),
        LISTENING % ("AF_UNIX", "SOCK_STREAM", '"{outside}/inbox"'),
    ),
    attack(
        "listens-abstract",
        "Listens where it is in no folder.",
        said("LISTENING"),
        LISTENING % ("AF_UNIX", "SOCK_STREAM", '"\\0{abstract}-too"'),
    ),
    attack(
        "asks-the-system",
        "Opens a line to the system's own network settings.",
        said("OPENED"),
        'import socket\nprint("OPENED", socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))',
    ),
    attack(
        "overhears",
        "Opens a socket that hears what all others say.",
        said("OPENED"),
        'import socket\nprint("OPENED", socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))',
        needs="root",
    ),
)
ATTACKS = (*TALKING, *LISTENERS)

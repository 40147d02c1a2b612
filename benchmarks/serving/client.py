"""One client: reads addresses over a connection that it keeps, for some seconds, as fast as it is answered.

`python client.py PORT SECONDS` with lines of JSON on standard input, each `[path, headers]`; prints the times of the
answers in seconds, as JSON, and ends with status 1 at an answer that is not 200 or 304.
"""

import json
import random
import socket
import sys
import time


def request_of(port, path, headers):
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *(f"{k}: {v}" for k, v in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_answer(connection, buffer):
    """Reads one answer into the buffer, and gives its status."""
    view, got, end = memoryview(buffer), 0, -1
    while end < 0:
        got += connection.recv_into(view[got:])
        end = buffer.find(b"\r\n\r\n", 0, got)
    head = bytes(view[:end]).lower()
    status = int(head[9:12])
    place = head.find(b"content-length:")
    length = 0 if status == 304 or place < 0 else int(head[place + 15 :].split(b"\r\n", 1)[0])
    left = length - (got - end - 4)
    while left > 0:
        left -= connection.recv_into(view[: min(left, len(buffer))])
    return status


def main(port, seconds):
    requests = [request_of(port, *json.loads(line)) for line in sys.stdin]
    random.shuffle(requests)
    times, buffer = [], bytearray(1 << 20)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stop, number = time.perf_counter() + seconds, 0
        while (start := time.perf_counter()) < stop:
            connection.sendall(requests[number % len(requests)])
            if (status := read_answer(connection, buffer)) not in (200, 304):
                raise SystemExit(f"answered with {status}")
            times.append(time.perf_counter() - start)
            number += 1
    print(json.dumps(times))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))

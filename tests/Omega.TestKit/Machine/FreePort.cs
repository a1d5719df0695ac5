using System.Net;
using System.Net.Sockets;

namespace Omega.TestKit;

/// <summary>For programs that cannot choose a port themselves. Prefer port 0 where it is possible.</summary>
public static class FreePort
{
    /// <summary>A port nobody listens on now; somebody else may take it before you do.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

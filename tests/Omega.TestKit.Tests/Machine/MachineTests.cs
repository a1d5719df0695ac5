using System.Net.Sockets;

namespace Omega.TestKit.Tests;

public sealed class MachineTests
{
    [Fact]
    public void TempFolder_Disposed_IsGoneWithAllItHolds()
    {
        string path;
        using (var folder = new TempFolder())
        {
            path = folder.Path;
            Directory.CreateDirectory(folder.At("a", "b"));
            File.WriteAllText(folder.At("a", "b", "c.txt"), "c");
            Assert.StartsWith(path, folder.At("a"), StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void TempFolder_DeletedByTheTest_DisposesQuietly()
    {
        using var folder = new TempFolder();

        Directory.Delete(folder.Path);

        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task RefusingPort_Connected_Refuses()
    {
        using var port = new RefusingPort();
        using var client = new TcpClient();

        var error = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", port.Port));

        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public void FreePort_Next_CanBeListenedOn()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, FreePort.Next());

        listener.Start();

        Assert.True(listener.Server.IsBound);
    }
}

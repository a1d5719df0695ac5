namespace Omega.TestKit.Tests;

public sealed class PatienceTests
{
    [Fact]
    public async Task Soon_InVain_NamesTheExpression()
    {
        var never = new TaskCompletionSource<int>();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => never.Task.Soon(TimeSpan.FromMilliseconds(5)));

        Assert.Contains("`never.Task`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soon_TheTaskItselfTimesOut_ItsOwnExceptionIsThrown()
    {
        var error = await Assert.ThrowsAsync<TimeoutException>(() => Task.FromException(new TimeoutException("Mine.")).Soon());

        Assert.Equal("Mine.", error.Message);
    }

    [Fact]
    public async Task UntilAsync_InVain_NamesTheCondition()
    {
        var count = 0;

        var error = await Assert.ThrowsAsync<TimeoutException>(() => Patience.UntilAsync(() => count++ < 0, TimeSpan.FromMilliseconds(5)));

        Assert.Contains("count++ < 0", error.Message, StringComparison.Ordinal);
        Assert.True(count > 1);
    }
}

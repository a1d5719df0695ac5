using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Caching;

/// <summary>What every store of answers does.</summary>
public abstract class AnswerCacheContract
{
    protected const string Key = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    protected abstract IAnswerCache Cache { get; }

    [Fact]
    public async Task GetAsync_NothingKept_IsNull() => Assert.Null(await Cache.GetAsync(Key, TestContext.Current.CancellationToken));

    [Fact]
    public async Task SetAsync_Twice_KeepsTheSecond()
    {
        await Cache.SetAsync(Key, [1], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        await Cache.SetAsync(Key, [2, 3], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        var kept = await Cache.GetAsync(Key, TestContext.Current.CancellationToken);
        Assert.Equal("0203", Convert.ToHexString(kept!));
        Assert.Null(await Cache.GetAsync(Key.Replace('0', '1'), TestContext.Current.CancellationToken));
    }
}

public sealed class MemoryAnswerCacheTests : AnswerCacheContract
{
    private readonly MemoryAnswerCache _cache;

    public MemoryAnswerCacheTests() => Cache = _cache = new MemoryAnswerCache(10, Time);

    protected override IAnswerCache Cache { get; }

    [Fact]
    public async Task GetAsync_AfterItsTime_IsNull()
    {
        await Cache.SetAsync(Key, [1], TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await Cache.GetAsync(Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SetAsync_MoreThanFits_DropsWhatWasNotUsedLongest()
    {
        foreach (var key in (string[])["a", "b"])
            await _cache.SetAsync(key, new byte[4], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        await _cache.GetAsync("a", TestContext.Current.CancellationToken);
        await _cache.SetAsync("c", new byte[4], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.NotNull(await _cache.GetAsync("a", TestContext.Current.CancellationToken));
        Assert.Null(await _cache.GetAsync("b", TestContext.Current.CancellationToken));
        Assert.NotNull(await _cache.GetAsync("c", TestContext.Current.CancellationToken));
    }
}

public sealed class FileAnswerCacheTests : AnswerCacheContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public FileAnswerCacheTests() => Cache = new FileAnswerCache(_folder.At("answers"), 100, Time);

    protected override IAnswerCache Cache { get; }

    [Fact]
    public async Task GetAsync_AfterItsTime_IsNullAndGone()
    {
        await Cache.SetAsync(Key, [1], TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await Cache.GetAsync(Key, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder.At("answers")));
    }

    [Fact]
    public async Task SetAsync_MoreThanFits_MakesRoomAndIsForTheOwnerAlone()
    {
        for (var i = 0; i < 6; i++)
            await Cache.SetAsync(Key.Replace('0', (char)('1' + i)), new byte[32], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        var files = new DirectoryInfo(_folder.At("answers")).GetFiles();
        Assert.InRange(files.Sum(file => file.Length), 40, 108);
        if (!OperatingSystem.IsWindows())
            Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    public void Dispose() => _folder.Dispose();
}

public sealed class HybridAnswerCacheTests : AnswerCacheContract, IDisposable
{
    private readonly ServiceProvider _services;

    public HybridAnswerCacheTests()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        _services = services.BuildServiceProvider();
        Cache = new HybridAnswerCache(_services.GetRequiredService<HybridCache>());
    }

    protected override IAnswerCache Cache { get; }

    public void Dispose() => _services.Dispose();
}

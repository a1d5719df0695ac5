using System.Text;
using Omega.Gpt.Models;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Models;

public sealed class CatalogStoreTests : IDisposable
{
    private const string Shipped = """
        {
          "updated": "2026-11-01",
          "defaults": {"acme": "swift-1"},
          "models": [
            {"provider": "acme", "name": "swift-1", "context": 1000, "tokenizer": "o200k_base", "prices": [{"input": 1, "output": 2}]},
            {"provider": "acme", "name": "swift-0", "lifecycle": "deprecated", "retires_on": "2026-12-01", "successor": "swift-1"}
          ]
        }
        """;

    private const string Update = """
        {
          "updated": "2026-11-20",
          "defaults": {"acme": "swift-2"},
          "models": [
            {"provider": "acme", "name": "swift-2", "prices": [{"input": 3, "output": 4}]},
            {"provider": "acme", "name": "swift-1", "context": 2000, "prices": [{"input": 0.5, "output": 2}, {"above_input": 500, "input": 1, "output": 4}]},
            {"provider": "acme", "name": "swift-0", "lifecycle": "retired"}
          ]
        }
        """;

    private readonly TempFolder _folder = new();

    private CatalogStore Store => new(_folder.At("data", "models.update.json"), _folder.At("models.json"), ModelCatalog.Parse(Shipped));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoFiles_IsWhatShips() => Assert.Equal(["swift-1", "swift-0"], Store.Read().All.Select(model => model.Name));

    [Fact]
    public void Keep_Update_HoldsFromThenOnAndSaysWhatChanges()
    {
        var update = Store.Keep(Bytes(Update), "new.json");

        string[] expected =
        [
            "Price acme/swift-1: $1.00 in, $2.00 out -> $0.50 in, $2.00 out, $1.00 in, $4.00 out above 500",
            "Facts acme/swift-1: context 1,000 -> 2,000",
            "Lifecycle acme/swift-0: deprecated (until 2026-12-01), then swift-1 -> retired (since 2026-12-01), then swift-1",
            "Added acme/swift-2: $3.00 in, $4.00 out; active",
            "Default acme: swift-1 -> swift-2",
        ];
        Assert.Equal(expected, update.Changes.Select(change => $"{change.Kind} {change.Model}: {change.What}"));
        var read = Store.Read();
        Assert.Equal((2000, "o200k_base", "swift-2"), (read.Find("acme", "swift-1")!.Context, read.Find("acme", "swift-1")!.Tokenizer, read.DefaultFor("acme")!.Name));
        Assert.Empty(Store.Examine(Bytes(Update), "again").Changes);
    }

    [Fact]
    public void Examine_Update_WritesNothing()
    {
        Assert.NotEmpty(Store.Examine(Bytes(Update), "new.json").Changes);

        Assert.False(File.Exists(Store.UpdateFile));
        Assert.Equal(1000, Store.Read().Find("acme", "swift-1")!.Context);
    }

    [Fact]
    public void Reset_Update_GivesBackWhatShips()
    {
        Store.Keep(Bytes(Update), "new.json");

        Assert.True(Store.Reset());
        Assert.False(Store.Reset());
        Assert.Equal(1000, Store.Read().Find("acme", "swift-1")!.Context);
    }

    [Fact]
    public void Read_OwnFile_WinsOverTheUpdate()
    {
        Store.Keep(Bytes(Update), "new.json");
        File.WriteAllText(Store.OwnFile!, """{"models": [{"provider": "acme", "name": "swift-1", "context": 3}]}""");

        Assert.Equal((3, 0.5m), (Store.Read().Find("acme", "swift-1")!.Context, Store.Read().Find("acme", "swift-1")!.Prices[0].Input));
    }

    [Fact]
    public void Read_UpdateOlderThanWhatShips_IsLeftOut()
    {
        Store.Keep(Bytes(Update), "new.json");
        var later = new CatalogStore(Store.UpdateFile, shipped: ModelCatalog.Parse(Shipped.Replace("2026-11-01", "2026-12-24", StringComparison.Ordinal)));

        Assert.True(later.HasStaleUpdate);
        Assert.Equal(1000, later.Read().Find("acme", "swift-1")!.Context);
        Assert.False(Store.HasStaleUpdate);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{"models": [{"provider": "acme", "name": "swift-1", "contxt": 3}]}""", "$.models[0].contxt")]
    [InlineData("""{"models": [{"provider": "acme", "name": "swift-1", "prices": [{"input": -1, "output": 1}]}]}""", "negative price")]
    [InlineData("""{"updated": "2026-10-31", "models": []}""", "2026-10-31")]
    [InlineData("""{"defaults": {"acme": "swift-9"}, "models": []}""", "swift-9")]
    [InlineData("""{"models": [{"provider": "acme", "name": "swift-1", "successor": "swift-9"}]}""", "swift-9")]
    [InlineData("""{"models": [{"provider": "acme", "name": "\u00ff"}]}""" + "\xff", "")]
    public void Keep_NotACatalogue_IsRefusedAndTheOldOneStays(string document, string says)
    {
        Store.Keep(Bytes(Update), "old.json");

        var error = Assert.Throws<GptException>(() => Store.Keep(Encoding.Latin1.GetBytes(document), "new.json"));

        Assert.Equal(GptErrorKind.BadRequest, error.Kind);
        Assert.Contains("new.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(Update, File.ReadAllText(Store.UpdateFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Store.UpdateFile)!));
    }

    [Fact]
    public void Keep_TooLong_IsRefused() =>
        Assert.Contains("bytes", Assert.Throws<GptException>(() => Store.Keep(new byte[CatalogStore.MaxBytes + 1], "new.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_DamagedUpdate_NamesTheFileAndTheRemedy()
    {
        Store.Keep(Bytes(Update), "new.json");
        File.WriteAllText(Store.UpdateFile, "{");

        var error = Assert.Throws<GptException>(() => Store.Read());

        Assert.Contains(Store.UpdateFile, error.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

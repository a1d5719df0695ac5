using Omega.Cli.Input;
using Omega.Gpt;

namespace Omega.Cli.Tests.Input;

public sealed class ResultsFileTests
{
    private static readonly FunctionCallPart[] One = [new("t.1.0", "get_weather", "{}")];
    private static readonly FunctionCallPart[] Two = [new("t.1.0", "get_weather", "{}"), new("t.1.1", "get_time", "{}")];

    [Fact]
    public void Parse_Array_GivesOneResultForEachCall()
    {
        var message = ResultsFile.Parse("r.json", """[{"call":"t.1.1","result":"noon"},{"call":"t.1.0","name":"get_weather","result":{"c":4},"is_error":true}]""", Two);

        Assert.Equal(Role.Function, message.Role);
        var results = message.Parts.Cast<FunctionResultPart>().ToList();
        Assert.Equal([("t.1.1", "get_time", "\"noon\"", false), ("t.1.0", "get_weather", "{\"c\":4}", true)], results.Select(result => (result.Call, result.Name, result.Result.GetRawText(), result.IsError)));
    }

    [Fact]
    public void Parse_OneObjectForTheOnlyCall_NeedsNoId()
    {
        var message = ResultsFile.Parse("r.json", """{"result":42}""", One);

        Assert.Equal("t.1.0", Assert.IsType<FunctionResultPart>(Assert.Single(message.Parts)).Call);
    }

    [Theory]
    [InlineData("""[{"call":"t.9.9","result":1}]""", "$[0].call: no call \"t.9.9\" waits for a result. Waiting: t.1.0 (get_weather), t.1.1 (get_time)")]
    [InlineData("""[{"call":"t.1.0"}]""", "$[0]: there is no \"result\"")]
    [InlineData("""[{"call":"t.1.0","result":1},{"call":"t.1.0","result":2}]""", "$[1]: call t.1.0 is answered twice")]
    [InlineData("""[{"call":"t.1.0","name":"get_time","result":1}]""", "$[0].name: call t.1.0 is of get_weather, not of get_time")]
    [InlineData("""[{"call":"t.1.0","result":1}]""", "$: no result for t.1.1 (get_time)")]
    [InlineData("""[7]""", "$[0]: wanted an object with \"call\" and \"result\"")]
    [InlineData("{\n\"call\": x}", "r.json:2:9: not JSON")]
    public void Parse_WrongContent_SaysWhereAndWhat(string json, string expected)
    {
        var error = Assert.Throws<CliException>(() => ResultsFile.Parse("r.json", json, Two));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void Parse_NothingPending_SaysSo() =>
        Assert.Contains("no call of this session waits", Assert.Throws<CliException>(() => ResultsFile.Parse("r.json", "[]", [])).Message, StringComparison.Ordinal);
}

using System.Text;

namespace Omega.Gpt.Tests.Functions;

public sealed class FunctionSetParseTests
{
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""";

    [Theory]
    [InlineData("""{"name":"f","description":"d","parameters":S}""")]
    [InlineData("""[{"name":"f","description":"d","parameters":S}]""")]
    [InlineData("""{"functions":[{"name":"f","description":"d","parameters":S}]}""")]
    [InlineData("""{"tools":[{"name":"f","description":"d","parameters":S}]}""")]
    [InlineData("""[{"type":"function","function":{"name":"f","description":"d","parameters":S}}]""")]
    [InlineData("""[{"function":{"name":"f","description":"d","parameters":S}}]""")]
    [InlineData("""[{"type":"function","name":"f","description":"d","parameters":S}]""")]
    [InlineData("""[{"name":"f","description":"d","input_schema":S}]""")]
    [InlineData("""[{"type":"custom","name":"f","description":"d","input_schema":S}]""")]
    [InlineData("""[{"name":"f","description":"d","inputSchema":S}]""")]
    public void Parse_EachForm_GivesTheDefinition(string json)
    {
        var definition = Assert.Single(FunctionSet.Parse(json.Replace(":S}", ":" + Schema + "}", StringComparison.Ordinal)));

        Assert.Equal(("f", "d", Schema), (definition.Name, definition.Description, definition.Parameters.GetRawText()));
        Assert.Null(definition.Extra);
        Assert.Null(definition.Strict);
    }

    [Theory]
    [InlineData("""{"name":"f"}""")]
    [InlineData("""{"name":"f","description":null,"parameters":null}""")]
    public void Parse_WithoutParameters_TakesNone(string json)
    {
        var definition = Assert.Single(FunctionSet.Parse(json));

        Assert.Equal("""{"type":"object","properties":{}}""", definition.Parameters.GetRawText());
        Assert.Null(definition.Description);
    }

    [Fact]
    public void Parse_UnknownFields_AreKept()
    {
        var definition = Assert.Single(FunctionSet.Parse(
            """[{"type":"function","effect":"write","timeout":5,"function":{"name":"f","strict":true,"command":["sh","-c"],"effect":"read"}}]"""));

        Assert.True(definition.Strict);
        Assert.Equal(["command", "effect", "timeout"], definition.Extra!.Keys.Order());
        Assert.Equal("""["sh","-c"]""", definition.Extra["command"].GetRawText());
        Assert.Equal("\"read\"", definition.Extra["effect"].GetRawText());
    }

    [Fact]
    public void Parse_Several_KeepsTheirOrder() =>
        Assert.Equal(["b", "a", "c"], FunctionSet.Parse("""[{"name":"b"},{"name":"a"},{"name":"c"}]""").Select(definition => definition.Name));

    [Theory]
    [InlineData("[\n  {\"name\": \"f\",}\n]", 2, 16, null, "not JSON")]
    [InlineData("[{\"name\":\"f\"}", 1, 14, null, "not JSON")]
    [InlineData("hello", 1, 1, null, "not JSON")]
    [InlineData("[\"é\",\n\"é\", x]", 2, 6, null, "not JSON")]
    [InlineData("42", 1, 1, "$", "this is a number")]
    [InlineData("{}", 1, 1, "$", "no \"name\"")]
    [InlineData("{\"functions\":[],\"tools\":[]}", 1, 1, "$", "both \"functions\" and \"tools\"")]
    [InlineData("{\n\"tools\": {}}", 2, 10, "$.tools", "must be an array")]
    [InlineData("[{\"name\":\"f\"},\n \"f\"]", 2, 2, "$[1]", "this is a string")]
    [InlineData("[{\"type\":\"web_search\"}]", 1, 10, "$[0].type", "web_search")]
    [InlineData("[{\"type\":\"function\",\"function\":[]}]", 1, 32, "$[0].function", "must be an object")]
    [InlineData("[{\"type\":\"function\",\"function\":{}}]", 1, 32, "$[0].function", "no \"name\"")]
    [InlineData("[{\"name\":\"get weather\"}]", 1, 10, "$[0].name", "\"get weather\" is not a function's name")]
    [InlineData("[{\"name\":7}]", 1, 10, "$[0].name", "7 is not a function's name")]
    [InlineData("[{\"name\":\"\"}]", 1, 10, "$[0].name", "1 to 64")]
    [InlineData("[{\"name\":\"f\",\"description\":[]}]", 1, 28, "$[0].description", "must be a string")]
    [InlineData("[{\"name\":\"f\",\"strict\":1}]", 1, 23, "$[0].strict", "true or false")]
    [InlineData("[{\"name\":\"f\"},\n{\"name\":\"g\"},\n{\"name\":\"f\"}]", 3, 9, "$[2].name", "already, at $[0]")]
    [InlineData("{\"tools\":[{\"function\":{\"name\":\"f\"}},\n{\"function\":{\"name\":\"f\"}}]}", 2, 21, "$.tools[1].function.name", "already, at $.tools[0]")]
    [InlineData("[{\"name\":\"f\",\"parameters\":[]}]", 1, 27, "$[0].parameters", "must be a JSON Schema")]
    [InlineData("[{\"name\":\"f\",\"parameters\":{}}]", 1, 27, "$[0].parameters", "Add \"type\": \"object\"")]
    [InlineData("[{\"name\":\"f\",\"parameters\":{\"type\":\"string\"}}]", 1, 35, "$[0].parameters.type", "always an \"object\"")]
    [InlineData("[{\"name\":\"f\",\"parameters\":{\"type\":[\"object\"]}}]", 1, 35, "$[0].parameters.type", "always an \"object\"")]
    [InlineData("[{\"name\":\"f\",\"parameters\":{\"type\":\"object\"},\"input_schema\":{\"type\":\"object\"}}]", 1, 60, "$[0].input_schema", "both \"parameters\" and \"input_schema\"")]
    [InlineData("[{\"name\":\"f\",\n \"name\":\"g\"}]", 2, 2, null, "\"name\" is there twice")]
    [InlineData("[{\"name\":\"f\",\"description\":\"\\ud800\"}]", 1, 28, null, "surrogate")]
    [InlineData("", null, null, null, "is empty")]
    [InlineData(" \n\t", null, null, null, "is empty")]
    public void Parse_BadText_SaysWhereAndWhat(string json, int? line, int? column, string? path, string problem)
    {
        var error = Assert.Throws<FunctionFileException>(() => FunctionSet.Parse(json, "functions.json"));

        Assert.Equal((line, column, path), (error.Line, error.Column, error.Path));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(line is null ? "functions.json: " : $"functions.json, line {line}, column {column}", error.Message, StringComparison.Ordinal);
        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request, "functions.json"), (error.Kind, error.Phase, error.File));
    }

    [Fact]
    public void Parse_WithoutFile_SaysWhatTheTextIs() =>
        Assert.StartsWith("function definitions, line 1, column 1, at $: ", Assert.Throws<FunctionFileException>(() => FunctionSet.Parse("1")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Parse_Depth_IsBounded(int depth, bool accepted)
    {
        // The array and the entry are two levels; "x" holds the rest.
        var json = $$"""[{"name":"f","x":{{new string('[', depth - 2)}}{{new string(']', depth - 2)}}}]""";

        if (accepted)
            Assert.Single(FunctionSet.Parse(json));
        else
            Assert.Contains("deeper than 64", Assert.Throws<FunctionFileException>(() => FunctionSet.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MoreThan4MiB_IsTooBig() =>
        Assert.Contains("larger than 4 MiB", Assert.Throws<FunctionFileException>(() => FunctionSet.Parse("[" + new string(' ', 4 * 1024 * 1024) + "]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_FileWithByteOrderMark_IsRead()
    {
        using var file = new TemporaryFile([.. Encoding.UTF8.Preamble, .. """[{"name":"f"}]"""u8]);

        Assert.Equal("f", Assert.Single(FunctionSet.Load(file.Path)).Name);
    }

    [Fact]
    public void Load_ErrorInFile_NamesFileAndLine()
    {
        using var file = new TemporaryFile([.. "[\n{}]"u8]);

        Assert.StartsWith($"{file.Path}, line 2, column 1, at $[0]: ", Assert.Throws<FunctionFileException>(() => FunctionSet.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x5B, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0x5B, 0xC3, 0x28, 0x5D }, "not UTF-8")]
    [InlineData(new byte[0], "is empty")]
    public void Load_FileThatIsNoUtf8Text_SaysSo(byte[] bytes, string problem)
    {
        using var file = new TemporaryFile(bytes);

        Assert.Contains(problem, Assert.Throws<FunctionFileException>(() => FunctionSet.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        var error = Assert.Throws<FunctionFileException>(() => FunctionSet.Load("no/such/functions.json"));

        Assert.Equal("no/such/functions.json: there is no such file. Check the path.", error.Message);
    }

    [Fact]
    public void Load_Folder_SaysSo() =>
        Assert.Contains("is a folder", Assert.Throws<FunctionFileException>(() => FunctionSet.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"omega-{Guid.NewGuid():N}.json");

        public void Dispose() => File.Delete(Path);
    }
}

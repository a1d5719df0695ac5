using Omega.TestKit;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class CommandFunctionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_Entries_AreFunctionsWhereTheyHaveACommand()
    {
        var set = CommandFunctions.Parse("""
            [
              {"name": "bare", "effect": "pure"},
              {"name": "plain", "command": ["true"]},
              {"type": "function", "effect": "pure", "timeout": 0.5, "function": {"name": "full", "command": ["ls", "-l"], "max_concurrency": 2, "max_result_bytes": 10, "shows_errors": true, "approval": true}}
            ]
            """);

        Assert.Equal(3, set.Count);
        Assert.Null(set.FindFunction("bare"));
        Assert.Equal(new GptFunctionOptions(), set.FindFunction("plain")!.Options);
        Assert.Equal(
            new GptFunctionOptions { Effect = FunctionEffect.Pure, Timeout = TimeSpan.FromSeconds(0.5), MaxConcurrency = 2, MaxResultBytes = 10, ShowsErrors = true, RequiresApproval = true },
            set.FindFunction("full")!.Options);
    }

    [Fact]
    public async Task Load_Paths_AreRelativeToTheFile()
    {
        Directory.CreateDirectory(_folder.At("tools", "data"));
        await File.WriteAllTextAsync(_folder.At("tools", "where"), "#!/bin/sh\npwd; echo $COLOUR\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.At("tools", "where"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(_folder.At("tools", "functions.json"), """{"name": "where", "command": ["./where"], "directory": "data", "env": {"COLOUR": "green"}}""", TestContext.Current.CancellationToken);

        var set = CommandFunctions.Load(_folder.At("tools", "functions.json"));

        Assert.Equal(_folder.At("tools", "data") + "\ngreen", (await new OutsideCall().RunAsync(set.FindFunction("where")!)).GetString());
    }

    [Theory]
    [InlineData("\"effect\": \"Pure\"", "$[1].effect", "the effect is \"Pure\"; it must be \"pure\" (only reads) or \"side_effect\"")]
    [InlineData("\"effect\": true", "$[1].effect", "\"effect\" is true; it must be a string.")]
    [InlineData("\"command\": \"ls -l\"", "$[1].command", "\"command\" is \"ls -l\"; it must be an array of the program and its arguments")]
    [InlineData("\"command\": []", "$[1].command", "\"command\" is []; it must be an array")]
    [InlineData("\"command\": null", "$[1].command", "\"command\" is null; it must be an array")]
    [InlineData("\"command\": [\"ls\", 7]", "$[1].command[1]", "7 is not an argument; each must be a string.")]
    [InlineData("\"command\": [\" \"]", "$[1].command[0]", "\" \" is not a program; each must be a string.")]
    [InlineData("\"command\": [\"ls\\u0000\"]", "$[1].command[0]", "\"ls\\u0000\" is not a program")]
    [InlineData("\"command\": [\"ls\"], \"timeout\": 0", "$[1].timeout", "\"timeout\" is 0; it must be a number of seconds from 0.001 to 86400.")]
    [InlineData("\"command\": [\"ls\"], \"timeout\": \"5\"", "$[1].timeout", "\"timeout\" is \"5\"; it must be a number of seconds")]
    [InlineData("\"command\": [\"ls\"], \"approval\": \"yes\"", "$[1].approval", "\"approval\" is \"yes\"; it must be true or false.")]
    [InlineData("\"command\": [\"ls\"], \"aproval\": true", "$[1].aproval", "\"aproval\" is not known beside a \"command\". Did you mean \"approval\"? Known: effect,")]
    [InlineData("\"command\": [\"ls\"], \"env\": [\"A\"]", "$[1].env", "\"env\" is [\"A\"]; it must be an object of variables")]
    [InlineData("\"command\": [\"ls\"], \"env\": {\"A=\": \"b\"}", "$[1].env['A=']", "a variable is a name without = and a string.")]
    [InlineData("\"command\": [\"ls\"], \"max_concurrency\": 2000", "$[1].max_concurrency", "\"max_concurrency\" is 2000; it must be a whole number from 1 to 1024.")]
    [InlineData("\"command\": [\"ls\"], \"max_result_bytes\": 1.5", "$[1].max_result_bytes", "\"max_result_bytes\" is 1.5; it must be a whole number")]
    [InlineData("\"parameters\": {\"type\": \"object\", \"allOf\": [{}, {\"minLength\": -1}]}", "$[1].parameters.allOf[1].minLength", "")]
    public void Parse_WrongField_SaysLinePathAndRemedy(string fields, string path, string problem)
    {
        var error = Assert.Throws<FunctionFileException>(() => CommandFunctions.Parse($"[{{\"name\": \"a\"}},\n {{\"name\": \"b\",\n  {fields}}}]"));

        Assert.Equal((3, path), (error.Line, error.Path));
        Assert.StartsWith($"function definitions, line 3, column {error.Column}, at {path}: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FieldWithinFunction_SaysItsWholePath()
    {
        var error = Assert.Throws<FunctionFileException>(() => CommandFunctions.Parse("""{"type": "function", "function": {"name": "a", "command": []}}"""));

        Assert.Equal("$.function.command", error.Path);
    }
}

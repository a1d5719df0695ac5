using Omega.Gpt.Functions.Outside;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class ProgramPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ProgramPathTests()
    {
        Directory.CreateDirectory(_folder.At("bin"));
        Directory.CreateDirectory(_folder.At("work", "bin"));
        Program("bin", "tool");
        Program("work", "tool");
        Program("work", "bin", "other");
        File.WriteAllText(_folder.At("work", "notes"), "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tool", "bin/tool")]
    [InlineData("./tool", "work/tool")]
    [InlineData("bin/other", "work/bin/other")]
    [InlineData("../bin/tool", "bin/tool")]
    [InlineData("other", null)]
    [InlineData("notes", null)]
    [InlineData("./notes", null)]
    [InlineData("./bin", null)]
    public void Find_Program_IsInPathOrWhereItsPathSays(string program, string? expected)
    {
        // "." and "bin" in PATH would make the folder that is worked in choose the program.
        var path = string.Join(Path.PathSeparator, ".", "bin", _folder.At("none"), _folder.At("bin"));

        Assert.Equal(expected is null ? null : _folder.At(expected), ProgramPath.Find(program, _folder.At("work"), path));
    }

    private void Program(params string[] parts)
    {
        File.WriteAllText(_folder.At(parts), "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.At(parts), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}

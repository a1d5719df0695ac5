namespace Omega.Gpt.Functions.Outside;

/// <summary>Finds a program as a shell would: by PATH alone, or by the path that was given. The runtime would also look beside itself and in the working directory.</summary>
internal static class ProgramPath
{
    /// <summary>The program's full path, or null when there is none.</summary>
    /// <param name="program">A name, or a path that is relative to <paramref name="directory"/>.</param>
    /// <param name="directory">Where the program is going to run.</param>
    /// <param name="path">The variable PATH.</param>
    public static string? Find(string program, string directory, string? path)
    {
        if (program.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar))
            return Executable(Path.GetFullPath(program, directory));
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative folder in PATH, "." above all, would let any folder that is worked in choose the program.
            if (Path.IsPathFullyQualified(folder) && Executable(Path.Combine(folder, program)) is { } found)
                return found;
        }

        return null;
    }

    private static string? Executable(string file)
    {
        if (OperatingSystem.IsWindows())
            return ((string[])["", ".exe", ".com"]).Select(extension => file + extension).FirstOrDefault(candidate => Path.HasExtension(candidate) && File.Exists(candidate));
        const UnixFileMode Any = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (File.GetUnixFileMode(file) & Any) != 0 ? file : null;
    }
}

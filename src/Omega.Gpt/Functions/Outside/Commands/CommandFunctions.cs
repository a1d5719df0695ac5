using System.Text;
using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt;

/// <summary>
/// Reads function definitions that name the program which runs them. Reading them starts nothing; whoever reads a file this way lets it say
/// what is run.
/// </summary>
/// <remarks>
/// Beside the fields that <see cref="FunctionSet.Parse"/> knows, a function has
/// <c>"command"</c>: <c>["program", "argument", …]</c>, no shell; a program with a / in its name is relative to the file's folder, another is
/// looked up in PATH;
/// <c>"effect"</c>: <c>"pure"</c> or <c>"side_effect"</c> (the default);
/// <c>"timeout"</c>: seconds, default 100;
/// <c>"approval"</c>: true where a person must approve each call;
/// <c>"directory"</c>: where it runs, relative to the file's folder; default this process's own;
/// <c>"env"</c>: variables on top, an object of strings;
/// <c>"progress"</c>: true where lines on standard error are progress;
/// <c>"max_concurrency"</c>, <c>"max_result_bytes"</c>, <c>"shows_errors"</c>: as in <see cref="GptFunctionOptions"/>.
/// Functions without a command stay bare definitions, whose calls wait for the caller's results.
/// </remarks>
public static class CommandFunctions
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file: UTF-8, at most 4 MiB.</param>
    /// <exception cref="FunctionFileException">The file cannot be read, or does not hold that; the message says where, what is wrong and what to do.</exception>
    public static FunctionSet Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(FunctionSetFile.Read(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text; at most 4 MiB as UTF-8, nested at most 64 levels.</param>
    /// <param name="folder">What paths of programs and folders are relative to; null for this process's folder.</param>
    /// <exception cref="FunctionFileException">The text is not that; the message says where, what is wrong and what to do.</exception>
    public static FunctionSet Parse(string json, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), file: null, Path.GetFullPath(folder ?? Environment.CurrentDirectory));
    }

    private static FunctionSet Read(byte[] utf8, string? file, string folder)
    {
        var places = FunctionSetParser.ParsePlaces(utf8, file);
        return new FunctionSet(places.Select(place => place.Definition)).With(places.Select(place => CommandEntry.Read(place, folder)).OfType<GptFunction>());
    }
}

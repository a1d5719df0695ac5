using System.Text;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Models;

/// <summary>What the parts of a request count, given how a text counts. Pure.</summary>
internal static class RequestTokens
{
    /// <summary>What surrounds a message, its role among it.</summary>
    public const int OfMessage = 4;

    /// <summary>What opens the answer.</summary>
    public const int OfAnswer = 3;

    private const int OfFunction = 12;
    private const int OfCall = 8;
    private const int OfResult = 4;

    // What providers charge for a large photograph and for one they are told to look at coarsely; the exact figure needs its size.
    private const int OfImage = 1_600;
    private const int OfSmallImage = 85;

    // A page of a document; and the bytes of a file that make a token, measured over plain PDFs.
    private const int OfPage = 1_500;
    private const int FileBytesOfToken = 20;

    // Encrypted reasoning and signatures are not text to the model; a token of the reasoning is about four characters of them.
    private const int OpaqueCharactersOfToken = 4;

    public static long Of(IReadOnlyList<Part> parts, Func<string, long> text)
    {
        long tokens = 0;
        foreach (var part in parts)
        {
            tokens += part switch
            {
                TextPart said => text(said.Text),
                RefusalPart refusal => text(refusal.Text),
                FunctionCallPart call => OfCall + text(call.Name) + text(call.Arguments),
                FunctionResultPart result => OfResult + text(AnsweredCalls.Text(result)),
                ImagePart image => image.Detail == "low" ? OfSmallImage : OfImage,
                FilePart file => OfFile(file, text),
                OpaquePart opaque => opaque.Json.Length / OpaqueCharactersOfToken,
                // Reasoning that was shown, and parts of a later version, are never sent.
                _ => 0,
            };
        }

        return tokens;
    }

    public static long Of(FunctionDefinition function, Func<string, long> text) =>
        OfFunction + text(function.Name) + text(function.Description ?? "") + text(JsonText.Compact(function.Parameters));

    /// <summary>Whether the parts are nothing but text.</summary>
    public static bool AreText(IReadOnlyList<Part> parts)
    {
        foreach (var part in parts)
        {
            if (part is not (TextPart or ReasoningPart))
                return false;
        }

        return true;
    }

    private static long OfFile(FilePart file, Func<string, long> text)
    {
        if (file.Data is not { } data)
            return OfPage;
        return file.MediaType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true
            ? text(Encoding.UTF8.GetString(data.Span))
            : Math.Max(OfPage, data.Length / FileBytesOfToken);
    }
}

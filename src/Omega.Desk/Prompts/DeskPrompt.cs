using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Omega.Gpt;

namespace Omega.Desk;

/// <summary>A system prompt of the desk. Immutable.</summary>
/// <param name="Name">Such as <c>analyst</c>.</param>
/// <param name="Version">Of the text; <c>own</c> for one from a person's file that names none.</param>
/// <param name="Text">What the model is told.</param>
public sealed record DeskPrompt(string Name, string Version, string Text)
{
    /// <summary>Analyses markets and tests strategies.</summary>
    public static DeskPrompt Analyst { get; } = PromptFiles.BuiltIn("analyst");

    /// <summary>Judges positions before they are taken.</summary>
    public static DeskPrompt RiskOfficer { get; } = PromptFiles.BuiltIn("risk-officer");

    /// <summary>SHA-256 of the text as UTF-8, in 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A prompt by its name: the file <c>{name}.md</c> of a folder where it is there, else the one that comes with the library.</summary>
    /// <param name="name">Such as <c>analyst</c>.</param>
    /// <param name="folder">Where a person keeps own prompts; null for none.</param>
    /// <exception cref="DeskException">There is no such prompt, or its file cannot be read; the message says which and why.</exception>
    public static DeskPrompt Load(string name, string? folder) => PromptFiles.Load(name, folder);

    /// <summary>What goes into the turn: an annotation of kind <c>prompt</c> with name, version and hash, never the text.</summary>
    public AnnotationEvent ToAnnotation() =>
        new("prompt", JsonElement.Parse($$"""{"name":{{Quoted(Name)}},"version":{{Quoted(Version)}},"sha256":"{{Sha256}}"}"""));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

namespace Omega.Gpt.Functions.Schema;

/// <summary>One way in which an instance fails its schema, worded for a person and for a model that repairs its call.</summary>
/// <param name="InstancePath">The value at fault, as a JSON pointer into the instance; "" is the instance itself.</param>
/// <param name="Keyword">
/// The schema keyword that says no; <c>json</c> for text that is not strict JSON, <c>false</c> for a schema that allows nothing,
/// <c>limit</c> for a bound on work.
/// </param>
/// <param name="SchemaPath">
/// That keyword, as a JSON pointer into the schema, after the URI of another document where it lies there; "" where no keyword is at
/// fault.
/// </param>
/// <param name="Expected">What would have been right: "a number at least 0".</param>
/// <param name="Found">What was there instead, cut to about 60 characters.</param>
public sealed record SchemaError(string InstancePath, string Keyword, string SchemaPath, string Expected, string Found)
{
    /// <summary>The whole error in one sentence: "/size: expected a number at least 0, found -3 (minimum)".</summary>
    public string Message
    {
        get => field ?? $"{Place}: expected {Expected}, found {Found} ({Keyword})";
        init;
    }

    private string Place => InstancePath.Length == 0 ? "(root)" : InstancePath;

    /// <summary>The same error, whose sentence is the given text after its place.</summary>
    internal SchemaError Saying(string text) => this with { Message = $"{Place}: {text} ({Keyword})" };

    /// <inheritdoc/>
    public override string ToString() => Message;
}

/// <summary>What a validation found.</summary>
public sealed record SchemaResult
{
    internal static SchemaResult Valid { get; } = new([]);

    internal SchemaResult(IReadOnlyList<SchemaError> errors) => Errors = errors;

    /// <summary>Whether the instance satisfies the schema.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>
    /// The errors in the order they were found, at most <see cref="JsonSchemaOptions.MaxErrors"/>; empty where the instance is valid.
    /// </summary>
    public IReadOnlyList<SchemaError> Errors { get; }

    /// <inheritdoc/>
    public override string ToString() => IsValid ? "valid" : string.Join('\n', Errors.Select(error => error.Message));
}

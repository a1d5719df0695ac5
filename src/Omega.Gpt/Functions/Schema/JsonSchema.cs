using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// A compiled JSON Schema, draft 2020-12. Immutable and safe for any number of threads; compile once and keep it. Schemas that name an
/// older draft are read as 2020-12, and nothing is ever fetched.
/// </summary>
public sealed class JsonSchema
{
    private readonly bool _usesDynamicScope;

    private JsonSchema(JsonElement root, SchemaNode node, JsonSchemaOptions options, bool usesDynamicScope) =>
        (Root, Node, Options, _usesDynamicScope) = (root, node, options, usesDynamicScope);

    /// <summary>The schema as it was given.</summary>
    public JsonElement Root { get; }

    /// <summary>The options it was compiled with.</summary>
    public JsonSchemaOptions Options { get; }

    internal SchemaNode Node { get; }

    /// <summary>Compiles the JSON text of a schema.</summary>
    /// <param name="json">An object, or <c>true</c> or <c>false</c>; strict JSON.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="JsonSchemaException">The text is no valid schema, or refers to a document that is not known.</exception>
    public static JsonSchema Parse(string json, JsonSchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= JsonSchemaOptions.Default;
        using var text = StrictJson.Parse(json, options.MaxDepth);
        return text.Error is { } error ? throw new JsonSchemaException(error.InstancePath, error.Message) : Compile(text.Root, options);
    }

    /// <summary>Compiles a schema; the element's document may be disposed afterwards.</summary>
    /// <param name="schema">An object, or <c>true</c> or <c>false</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="JsonSchemaException">The element is no valid schema, or refers to a document that is not known.</exception>
    public static JsonSchema Compile(JsonElement schema, JsonSchemaOptions? options = null)
    {
        options ??= JsonSchemaOptions.Default;
        if (StrictJson.FindFault(schema, options.MaxDepth) is { } fault) throw new JsonSchemaException(fault.InstancePath, fault.Message);
        var root = schema.Clone();
        var compiler = new SchemaCompiler(options);
        var node = compiler.Compile(root);
        return new(root, node, options, compiler.UsesDynamicScope);
    }

    /// <summary>Validates a value.</summary>
    /// <param name="instance">Any JSON value.</param>
    /// <returns>The errors up to <see cref="JsonSchemaOptions.MaxErrors"/>; never throws for a value, whatever it holds.</returns>
    public SchemaResult Validate(JsonElement instance) =>
        StrictJson.FindFault(instance, Options.MaxDepth) is { } fault
            ? new([fault])
            : Evaluation.Run(Node, instance, Options, _usesDynamicScope);

    /// <summary>Reads JSON text strictly and validates it. Duplicate names, broken text and anything after the value are errors.</summary>
    /// <param name="utf8Json">One JSON value in UTF-8, without a byte order mark.</param>
    /// <returns>The errors up to <see cref="JsonSchemaOptions.MaxErrors"/>; never throws for a text, whatever it holds.</returns>
    public SchemaResult Validate(ReadOnlySpan<byte> utf8Json)
    {
        using var text = StrictJson.Parse(utf8Json, Options.MaxDepth);
        return text.Error is { } error ? new([error]) : Evaluation.Run(Node, text.Root, Options, _usesDynamicScope);
    }

    /// <inheritdoc cref="Validate(ReadOnlySpan{byte})"/>
    /// <param name="json">One JSON value.</param>
    public SchemaResult Validate(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var text = StrictJson.Parse(json, Options.MaxDepth);
        return text.Error is { } error ? new([error]) : Evaluation.Run(Node, text.Root, Options, _usesDynamicScope);
    }

    /// <inheritdoc/>
    public override string ToString() => Root.GetRawText();
}

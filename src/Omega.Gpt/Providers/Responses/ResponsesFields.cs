using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>The fields of an output item that the parser looks at. A field of another kind than expected counts as absent.</summary>
internal ref struct ResponsesItemFields
{
    public JsonString Id { get; private set; }

    public JsonString Type { get; private set; }

    public JsonString Status { get; private set; }

    public JsonString Name { get; private set; }

    public JsonString Phase { get; private set; }

    public JsonString Arguments { get; private set; }

    /// <summary>The array under <c>content</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The array under <c>summary</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Summary { get; private set; }

    /// <summary>The item, byte for byte.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <param name="item">The object; empty, or another value, is one without fields.</param>
    public static ResponsesItemFields Read(ReadOnlySpan<byte> item)
    {
        var read = new ResponsesItemFields { Raw = item };
        var fields = new JsonMembers(item);
        while (fields.MoveNext())
        {
            switch (fields.Kind)
            {
                case JsonTokenType.String when fields.Is("id"u8):
                    read.Id = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("type"u8):
                    read.Type = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("status"u8):
                    read.Status = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("name"u8):
                    read.Name = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("phase"u8):
                    read.Phase = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("arguments"u8):
                    read.Arguments = fields.String;
                    break;
                case JsonTokenType.StartArray when fields.Is("content"u8):
                    read.Content = fields.Value;
                    break;
                case JsonTokenType.StartArray when fields.Is("summary"u8):
                    read.Summary = fields.Value;
                    break;
            }
        }

        return read;
    }
}

/// <summary>The fields of a response that the parser looks at.</summary>
internal ref struct ResponsesResponseFields
{
    public JsonString Id { get; private set; }

    public JsonString Model { get; private set; }

    public JsonString Status { get; private set; }

    /// <summary>The object under <c>usage</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Usage { get; private set; }

    /// <summary>The object under <c>error</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Error { get; private set; }

    /// <summary>The object under <c>incomplete_details</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> IncompleteDetails { get; private set; }

    /// <summary>The array under <c>output</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Output { get; private set; }

    /// <param name="response">The object; empty is one without fields.</param>
    public static ResponsesResponseFields Read(ReadOnlySpan<byte> response)
    {
        var read = new ResponsesResponseFields();
        var fields = new JsonMembers(response);
        while (fields.MoveNext())
        {
            switch (fields.Kind)
            {
                case JsonTokenType.String when fields.Is("id"u8):
                    read.Id = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("model"u8):
                    read.Model = fields.String;
                    break;
                case JsonTokenType.String when fields.Is("status"u8):
                    read.Status = fields.String;
                    break;
                case JsonTokenType.StartObject when fields.Is("usage"u8):
                    read.Usage = fields.Value;
                    break;
                case JsonTokenType.StartObject when fields.Is("error"u8):
                    read.Error = fields.Value;
                    break;
                case JsonTokenType.StartObject when fields.Is("incomplete_details"u8):
                    read.IncompleteDetails = fields.Value;
                    break;
                case JsonTokenType.StartArray when fields.Is("output"u8):
                    read.Output = fields.Value;
                    break;
            }
        }

        return read;
    }
}

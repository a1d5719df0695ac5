using System.Text.Json;

namespace Omega.Gpt.Functions.Definition;

/// <summary>Reports each item of a streamed result the moment it is there, and keeps what the model gets in the end. Used once.</summary>
internal sealed class StreamCollector(FunctionContext context, GptFunctionOptions options)
{
    private readonly List<JsonElement> _items = [];
    private long _bytes;
    private long _count;

    /// <exception cref="GptException">The items are larger than a result may be.</exception>
    public async ValueTask AddAsync(JsonElement item, CancellationToken cancellationToken)
    {
        _count++;
        await context.ReportAsync(item, cancellationToken).ConfigureAwait(false);
        if (options.StreamedResult == StreamedResult.Count)
            return;
        if (options.StreamedResult == StreamedResult.Last)
            _items.Clear();
        else if ((_bytes += item.GetRawText().Length + 1) > options.MaxResultBytes)
            throw TooLarge();
        _items.Add(item);
    }

    public JsonElement Result()
    {
        if (options.StreamedResult == StreamedResult.Count)
            return JsonSerializer.SerializeToElement(_count, SimpleTypesContext.Default.Int64);
        if (options.StreamedResult == StreamedResult.Last)
            return _items.Count > 0 ? _items[0] : MethodResult.Nothing;

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var item in _items)
                item.WriteTo(writer);
            writer.WriteEndArray();
        }

        return JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private GptException TooLarge() => new(
        GptErrorKind.FunctionExecution,
        $"{context.Name}: after {_count} items the streamed result is larger than {options.MaxResultBytes} bytes. Yield less, raise MaxResultBytes, or set StreamedResult to Last or Count.")
    { Phase = GptPhase.Function };
}

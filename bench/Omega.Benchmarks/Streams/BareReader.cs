using System.Net.Http.Headers;
using System.Text.Json;

namespace Omega.Benchmarks.Streams;

/// <summary>
/// The least that gets the text out of a stream: <see cref="HttpClient"/>, lines split by hand, <see cref="Utf8JsonReader"/> over each
/// event's data, a string for each piece. No checks, no limits, no usage, no errors, no calls.
/// </summary>
internal sealed class BareReader(HttpClient client, Wire wire)
{
    private static readonly Uri Address = new("http://memory.invalid/v1/stream");
    private static readonly byte[] Body = """{"model":"m","messages":[{"role":"user","content":"How is Bitcoin?"}],"stream":true}"""u8.ToArray();

    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Reads one stream.</summary>
    /// <returns>Characters read.</returns>
    public async Task<int> ReadAsync()
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var (characters, end) = (0, 0);
        while (await body.ReadAsync(_buffer.AsMemory(end)).ConfigureAwait(false) is > 0 and var read)
        {
            end += read;
            var start = 0;
            while (_buffer.AsSpan(start, end - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                var line = _buffer.AsSpan(start, length);
                start += length + 1;
                if (line.StartsWith("data: {"u8) && Text(line[6..]) is { } text)
                    characters += text.Length;
            }

            _buffer.AsSpan(start, end - start).CopyTo(_buffer);
            end -= start;
        }

        return characters;
    }

    private string? Text(ReadOnlySpan<byte> json) => wire switch
    {
        Wire.ChatCompletions => Find(json, "content"u8, 4, default),
        Wire.Responses => Find(json, "delta"u8, 1, "response.output_text.delta"u8),
        _ => Find(json, "text"u8, 2, "content_block_delta"u8),
    };

    /// <summary>A field's text at a depth, in an event of a type; the whole event is read.</summary>
    private static string? Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> field, int depth, ReadOnlySpan<byte> type)
    {
        var reader = new Utf8JsonReader(json);
        string? text = null;
        var matches = type.IsEmpty;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.CurrentDepth == depth && reader.ValueTextEquals(field))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                    text = reader.GetString();
            }
            else if (!matches && reader.CurrentDepth == 1 && reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                matches = reader.ValueTextEquals(type);
            }
        }

        return matches ? text : null;
    }
}

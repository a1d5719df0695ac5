using System.Globalization;
using System.Text;

namespace Omega.TestKit;

/// <summary>HTTP/1.1 requests off a <see cref="SocketReader"/>: head, then a body by length or by chunks.</summary>
internal sealed class RequestParser(SocketReader reader, ModelServerOptions options, Func<ReadOnlyMemory<byte>, Task> send)
{
    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    /// <summary>The next request's parts, or null when the client closed between two requests.</summary>
    /// <exception cref="BadRequestException">What came is not HTTP/1.1, too large, or breaks off.</exception>
    public async Task<RequestParts?> ReadAsync()
    {
        var headLength = await FindAsync("\r\n\r\n"u8.ToArray(), options.MaxHeadBytes, 431, closeIsEnd: true);
        if (headLength < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(reader.Unread[..headLength]).Split("\r\n");
        reader.Consume(headLength + 4);
        var request = lines[0].Split(' ');
        if (request.Length != 3 || !request[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new BadRequestException(400, $"Not a request line: \"{lines[0]}\".");
        }

        var headers = new List<KeyValuePair<string, string>>(lines.Length - 1);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new BadRequestException(400, $"Not a header: \"{line}\".");
            }

            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var parts = new RequestParts(request[0], request[1], headers, []);
        if (parts.Header("expect")?.Equals("100-continue", StringComparison.OrdinalIgnoreCase) == true)
        {
            await send(Continue);
        }

        return parts with { Body = await ReadBodyAsync(parts) };
    }

    private async Task<byte[]> ReadBodyAsync(RequestParts parts)
    {
        if (parts.Header("transfer-encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
        {
            return await ReadChunksAsync();
        }

        if (parts.Header("content-length") is not { } text)
        {
            return [];
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new BadRequestException(400, $"Not a content length: \"{text}\".");
        }

        RefuseTooLarge(length);
        return await TakeAsync(length);
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        using var body = new MemoryStream();
        while (true)
        {
            var line = await TakeLineAsync();
            var size = line.Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                throw new BadRequestException(400, $"Not a chunk size: \"{line}\".");
            }

            if (length == 0)
            {
                while (await TakeLineAsync() != "")
                {
                }

                return body.ToArray();
            }

            RefuseTooLarge(body.Length + length);
            body.Write(await TakeAsync(length));
            if (await TakeLineAsync() != "")
            {
                throw new BadRequestException(400, "A chunk is longer than announced.");
            }
        }
    }

    private void RefuseTooLarge(long length)
    {
        if (length > options.MaxBodyBytes)
        {
            throw new BadRequestException(413, $"The body is larger than {options.MaxBodyBytes} bytes.");
        }
    }

    private async Task<string> TakeLineAsync()
    {
        var length = await FindAsync("\r\n"u8.ToArray(), options.MaxHeadBytes, 431, closeIsEnd: false);
        var line = Encoding.Latin1.GetString(reader.Unread[..length]);
        reader.Consume(length + 2);
        return line;
    }

    private async Task<byte[]> TakeAsync(int length)
    {
        var taken = new byte[length];
        for (var at = 0; at < length;)
        {
            var step = Math.Min(reader.Unread.Length, length - at);
            reader.Unread[..step].CopyTo(taken.AsSpan(at));
            reader.Consume(step);
            at += step;
            if (at < length && !await reader.FillAsync())
            {
                throw new BadRequestException(400, $"The body breaks off after {at} of {length} bytes.");
            }
        }

        return taken;
    }

    private async Task<int> FindAsync(byte[] mark, int limit, int statusWhenLonger, bool closeIsEnd)
    {
        while (true)
        {
            var found = reader.Unread.IndexOf(mark);
            if (found > limit || (found < 0 && reader.Unread.Length > limit))
            {
                throw new BadRequestException(statusWhenLonger, $"More than {limit} bytes of head.");
            }

            if (found >= 0)
            {
                return found;
            }

            if (!await reader.FillAsync())
            {
                return closeIsEnd && reader.Unread.IsEmpty
                    ? -1
                    : throw new BadRequestException(400, "The request breaks off in its head.");
            }
        }
    }
}

internal sealed record RequestParts(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Tells the calls of a stream apart, whatever a server does with indices, ids and names, and numbers them 0, 1, 2, … as their names appear.</summary>
internal sealed class CallAssembler(string provider, string model)
{
    private readonly List<Call> _calls = [];
    private int _started;

    /// <summary>Whether any call was written.</summary>
    public bool Any => _started > 0;

    /// <summary>Reads the value of <c>tool_calls</c>.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="data">What the reader reads.</param>
    /// <param name="output">Where deltas go.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadCall(ref reader, data, output);
            else
                reader.Skip();
        }
    }

    /// <summary>Reads the value of <c>function_call</c>, the form before <c>tool_calls</c>: one call without index and id.</summary>
    public void ReadSingle(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        var piece = default(Piece);
        ReadFunction(ref reader, data, ref piece);
        piece.Index = 0;
        Apply(piece, output);
    }

    /// <summary>Whether some call never got a name: nobody can say what it asks for.</summary>
    public bool HasNameless => _calls.Exists(call => call.Name is null && (call.Id is not null || call.Held is not null));

    private void ReadCall(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        var piece = default(Piece);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            if (name.SequenceEqual("index"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var index))
                    piece.Index = index;
            }
            else if (name.SequenceEqual("function"u8))
            {
                reader.Read();
                ReadFunction(ref reader, data, ref piece);
            }
            else if (name.SequenceEqual("id"u8))
            {
                reader.Read();
                piece.Id = JsonText.NotEmpty(ref reader);
            }
            else if (name.SequenceEqual("extra_content"u8))
            {
                reader.Read();
                piece.Extra = reader.TokenType == JsonTokenType.Null ? null : Raw(ref reader, data);
            }
            else
            {
                reader.Skip();
            }
        }

        Apply(piece, output);
    }

    private static void ReadFunction(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref Piece piece)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            if (name.SequenceEqual("arguments"u8))
            {
                reader.Read();
                // Some servers write the object itself where the wire has its text.
                piece.Arguments = reader.TokenType == JsonTokenType.StartObject ? Raw(ref reader, data) : JsonText.NotEmpty(ref reader);
            }
            else if (name.SequenceEqual("name"u8))
            {
                reader.Read();
                piece.Name = JsonText.NotEmpty(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Apply(in Piece piece, List<ModelDelta> output)
    {
        var call = Find(piece);
        call.Id ??= piece.Id;
        if (call.Name is null && piece.Name is not null)
        {
            call.Name = piece.Name;
            call.Index = _started++;
            output.Add(new CallStartedDelta(call.Index, call.Name));
            if (call.Held is { } held)
                output.Add(new CallArgumentsDelta(call.Index, held.ToString()));
            AddExtra(call, call.Extra, output);
        }

        if (piece.Arguments is { } written && call.Joiner.Join(written) is { Length: > 0 } arguments)
        {
            call.Scan.Add(arguments);
            if (call.Name is null)
                (call.Held ??= new StringBuilder()).Append(arguments);
            else
                output.Add(new CallArgumentsDelta(call.Index, arguments));
        }

        if (piece.Extra is not null && piece.Extra != call.Extra)
        {
            call.Extra = piece.Extra;
            if (call.Name is not null)
                AddExtra(call, piece.Extra, output);
        }
    }

    private void AddExtra(Call call, string? extra, List<ModelDelta> output)
    {
        if (extra is not null)
            output.Add(new OpaqueDelta(new OpaquePart(provider, model, CallExtra.Kind, CallExtra.Format(call.Index, extra))));
    }

    private Call Find(in Piece piece)
    {
        Call? found = null;
        // The latest first: where a server reuses an index, pieces without an id belong to its latest call.
        for (var i = _calls.Count - 1; i >= 0 && found is null; i--)
        {
            var call = _calls[i];
            if (piece.Index is null ? piece.Id is null || call.Id == piece.Id : call.WireIndex == piece.Index)
                found = call;
        }

        // Of several calls under one index, the one with this id.
        if (found is not null && piece is { Index: { } index, Id: { } id } && found.Id != id)
            found = _calls.FindLast(call => call.WireIndex == index && call.Id == id) ?? found;
        if (found is not null && !BeginsAnother(found, piece))
            return found;

        var begun = new Call { WireIndex = piece.Index };
        _calls.Add(begun);
        return begun;
    }

    /// <summary>Whether a piece that points at a call is in truth the beginning of another one.</summary>
    private static bool BeginsAnother(Call call, in Piece piece)
    {
        if (piece.Name is null || call.Name is null)
            return false;
        // All calls under index 0 (Ollama, Gemini). A new id alone says nothing: vLLM has given each piece an id of its own.
        if (piece.Id is not null && call.Id is not null)
            return piece.Id != call.Id;
        // Without ids: whole calls one after the other, against servers that repeat the name in each piece of one call.
        return call.Scan.IsClosed && piece.Arguments?.TrimStart() is ['{', ..] || piece.Index is null && piece.Name != call.Name;
    }

    private static string Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed]);
    }

    /// <summary>What one entry of <c>tool_calls</c> says; empty texts are null.</summary>
    private struct Piece
    {
        public int? Index;
        public string? Id;
        public string? Name;
        public string? Arguments;
        public string? Extra;
    }

    private sealed class Call
    {
        public int? WireIndex;
        public string? Id;
        public string? Name;
        public string? Extra;
        public int Index;
        public StringBuilder? Held; // arguments that came before the name
        public SurrogateJoiner Joiner;
        public ArgumentsScan Scan;
    }
}

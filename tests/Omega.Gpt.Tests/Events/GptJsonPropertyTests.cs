using System.Text;
using System.Text.Json;
using CsCheck;

namespace Omega.Gpt.Tests.Events;

/// <summary>Every event, with odd text, nulls and any JSON in it, through JSON and back.</summary>
public sealed class GptJsonPropertyTests
{
    private static readonly Type[] Types = RandomJson.EventTypes;

    private static readonly Gen<GptEvent> Events = Gen.Select(Gen.Int[0, Types.Length], Gen.Int, (type, seed) =>
        type == Types.Length ? new RandomJson(seed).UnknownEvent() : new RandomJson(seed).Event(Types[type]));

    [Fact]
    public void ToJson_AnyEvent_ReadsBackTheSame() =>
        Events.Sample(gptEvent => RandomJson.Show(GptJson.ParseEvent(GptJson.ToJson(gptEvent))) == RandomJson.Show(gptEvent), iter: 20_000, print: RandomJson.Show);

    [Fact]
    public void WriteEvent_AnyEvent_IsOneLineOfSoundUtf8() =>
        Events.Sample(
            gptEvent =>
            {
                var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                GptJson.WriteEvent(buffer, gptEvent);
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(buffer.WrittenSpan);
                return !buffer.WrittenSpan.ContainsAny((byte)'\n', (byte)'\r') && buffer.WrittenSpan[0] == (byte)'{' && buffer.WrittenSpan[^1] == (byte)'}';
            },
            iter: 20_000,
            print: RandomJson.Show);

    [Fact]
    public void ParseEvent_AnyPropertyOrderAndUnknownFields_ReadsTheSame() =>
        Gen.Select(Events.Where(gptEvent => gptEvent is not UnknownEvent), Gen.Int).Sample(
            (gptEvent, seed) =>
            {
                using var document = JsonDocument.Parse(GptJson.ToJson(gptEvent));
                var fields = document.RootElement.EnumerateObject().Select(property => $"\"{property.Name}\" : {property.Value.GetRawText()}").ToList();
                fields.Add("\"from_the_future\": {\"type\": 5, \"text\": [1]}");
                new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
                return RandomJson.Show(GptJson.ParseEvent("{\n" + string.Join(",\r\n", fields) + "}")) == RandomJson.Show(gptEvent);
            },
            iter: 10_000,
            print: t => RandomJson.Show(t.Item1));

    [Fact]
    public void ParseEvent_AnyEventCutAnywhere_ThrowsJsonException() =>
        Gen.Select(Events, Gen.Double[0, 1]).Sample(
            (gptEvent, where) =>
            {
                var json = Encoding.UTF8.GetBytes(GptJson.ToJson(gptEvent));
                try
                {
                    GptJson.ParseEvent(json.AsSpan(0, (int)(where * (json.Length - 1))));
                    return false;
                }
                catch (JsonException)
                {
                    return true;
                }
            },
            iter: 10_000,
            print: t => RandomJson.Show(t.Item1));
}

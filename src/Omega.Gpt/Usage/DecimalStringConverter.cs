using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>Money in JSON is a decimal string, so that no reader rounds it to a double.</summary>
internal sealed class DecimalStringConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetDecimal();
        return decimal.TryParse(reader.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("expected a decimal number in a string, such as \"0.0125\"");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

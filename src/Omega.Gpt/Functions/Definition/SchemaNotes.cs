using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt.Functions.Definition;

/// <summary>
/// Writes attributes into a schema: <c>[Description]</c>, <c>[Range]</c>, <c>[StringLength]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c>,
/// <c>[Length]</c>, <c>[RegularExpression]</c>, <c>[AllowedValues]</c>, <c>[EmailAddress]</c>. Others are not read.
/// </summary>
internal static class SchemaNotes
{
    /// <param name="schema">The schema of the member; it is changed.</param>
    /// <param name="attributes">The member's attributes.</param>
    /// <param name="type">The member's type.</param>
    /// <param name="where">The member, for messages.</param>
    /// <exception cref="GptException">An attribute says what a schema cannot, or what does not go with the type.</exception>
    public static void Apply(JsonObject schema, IEnumerable<object> attributes, JsonTypeInfo type, string where)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case DescriptionAttribute { Description.Length: > 0 } note:
                    Describe(schema, note.Description);
                    break;
                case RangeAttribute range:
                    WriteRange(schema, range, where);
                    break;
                case StringLengthAttribute length:
                    WriteLength(schema, length.MinimumLength, length.MaximumLength, where, "StringLength");
                    break;
                case LengthAttribute length:
                    WriteLength(schema, length.MinimumLength, length.MaximumLength, where, "Length");
                    break;
                case MinLengthAttribute length:
                    WriteLength(schema, length.Length, null, where, "MinLength");
                    break;
                case MaxLengthAttribute length:
                    WriteLength(schema, 0, length.Length < 0 ? null : length.Length, where, "MaxLength");
                    break;
                case RegularExpressionAttribute expression when Is(schema, "string"):
                    // The attribute asks for a match of the whole text, the keyword for a match anywhere.
                    schema["pattern"] = $"^(?:{expression.Pattern})$";
                    break;
                case RegularExpressionAttribute:
                    throw Misplaced(where, "RegularExpression", "text");
                case EmailAddressAttribute:
                    schema["format"] = "email";
                    break;
                case AllowedValuesAttribute allowed:
                    schema["enum"] = new JsonArray([.. allowed.Values.Select(value => Value(value, type, where))]);
                    break;
            }
        }
    }

    /// <summary>Puts a description first, where people look for it.</summary>
    public static void Describe(JsonObject schema, string description)
    {
        schema.Remove("description");
        schema.Insert(0, "description", description);
    }

    /// <summary>A value of a parameter as JSON.</summary>
    /// <exception cref="GptException">It is not of the type.</exception>
    public static JsonNode? Value(object? value, JsonTypeInfo type, string where)
    {
        if (value is null)
            return null;
        var underlying = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        try
        {
            // Constants of enums and of nullable types are kept as plain numbers in metadata.
            if (underlying.IsEnum && value is not Enum)
                value = Enum.ToObject(underlying, value);
            else if (value.GetType() != underlying && value is IConvertible && (underlying.IsPrimitive || underlying == typeof(decimal)))
                value = Convert.ChangeType(value, underlying, CultureInfo.InvariantCulture);
            return JsonSerializer.SerializeToNode(value, type);
        }
        catch (Exception error) when (error is InvalidCastException or JsonException or NotSupportedException or FormatException or OverflowException or ArgumentException)
        {
            throw Wrong(where, $"{value} is no {underlying.Name}. Give a value of the parameter's type.", error);
        }
    }

    private static void WriteRange(JsonObject schema, RangeAttribute range, string where)
    {
        if (!Is(schema, "integer") && !Is(schema, "number"))
            throw Misplaced(where, "Range", "a number");
        if (Number(range.Minimum, where) is { } minimum)
            schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = minimum;
        if (Number(range.Maximum, where) is { } maximum)
            schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = maximum;
    }

    /// <summary>A bound; null for one that bounds nothing. Typed ranges hold their bounds as text.</summary>
    private static JsonValue? Number(object bound, string where)
    {
        switch (bound)
        {
            case int whole:
                return JsonValue.Create(whole);
            case double real when double.IsNaN(real):
                throw Wrong(where, "a bound of [Range] is not a number. Give numbers.");
            case double real when !double.IsFinite(real) || Math.Abs(real) >= double.MaxValue:
                return null;
            case double real:
                return JsonValue.Create(real);
        }

        var text = Convert.ToString(bound, CultureInfo.InvariantCulture) ?? "";
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? JsonValue.Create(exact)
            : throw Wrong(where, $"[Range] has the bound \"{text}\", which is not a number. Check it in the function instead.");
    }

    private static void WriteLength(JsonObject schema, int minimum, int? maximum, string where, string attribute)
    {
        var unit = Is(schema, "string") ? "Length" : Is(schema, "array") ? "Items" : Is(schema, "object") ? "Properties" : null;
        if (unit is null)
            throw Misplaced(where, attribute, "text or a collection");
        if (minimum > 0)
            schema["min" + unit] = minimum;
        if (maximum is { } most)
            schema["max" + unit] = most;
    }

    private static bool Is(JsonObject schema, string type) => SchemaTypes.Has(schema, type);

    private static GptException Misplaced(string where, string attribute, string fitting) =>
        Wrong(where, $"[{attribute}] goes with {fitting} only. Remove it, or change the type.");

    private static GptException Wrong(string where, string problem, Exception? inner = null) =>
        new(GptErrorKind.BadRequest, $"{where}: {problem}", inner) { Phase = GptPhase.Request };
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt.Functions.Definition;

/// <summary>
/// The serializer options that read what a model wrote: the caller's, made strict (no unknown members, no missing ones, no null where
/// the type has none, no numbers in strings) or, for values that are still being written, forgiving about what is missing.
/// </summary>
internal static class ModelJson
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> StrictOnes = [];
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> ForgivingOnes = [];
    private static JsonSerializerOptions? _reflected;

    /// <summary>What is used where the caller names no options: snake_case names, enums by name, metadata by reflection.</summary>
    [RequiresUnreferencedCode("Reads the members of types by reflection; give a JsonSerializerContext in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; give a JsonSerializerContext in a program compiled ahead of time.")]
    public static JsonSerializerOptions Reflected()
    {
        return _reflected ??= Create();

        static JsonSerializerOptions Create()
        {
            var options = new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
                TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            };
            options.MakeReadOnly();
            return options;
        }
    }

    /// <summary>The options made strict; simple types that the caller's context does not name are known all the same.</summary>
    /// <exception cref="GptException">The options have no resolver.</exception>
    public static JsonSerializerOptions Strict(JsonSerializerOptions given)
    {
        var resolver = given.TypeInfoResolver ?? throw new GptException(
            GptErrorKind.BadRequest,
            "The JsonSerializerOptions have no TypeInfoResolver, so no type is known. Give a JsonSerializerContext, or set TypeInfoResolver.")
        { Phase = GptPhase.Request };
        return StrictOnes.GetValue(given, _ => ReadOnly(new JsonSerializerOptions(given)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(resolver, SimpleTypesContext.Default),
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
        }));
    }

    /// <summary>The options for a value of which only a part has arrived: members may be missing, and stay at their defaults.</summary>
    public static JsonSerializerOptions Forgiving(JsonSerializerOptions given) => ForgivingOnes.GetValue(given, _ =>
    {
        var strict = Strict(given);
        return ReadOnly(new JsonSerializerOptions(strict)
        {
            TypeInfoResolver = strict.TypeInfoResolver!.WithAddedModifier(RequireNothing),
            RespectNullableAnnotations = false,
            RespectRequiredConstructorParameters = false,
        });
    });

    /// <summary>The metadata of a type, or the exception that says what to add.</summary>
    /// <param name="options">Options made by this class.</param>
    /// <param name="type">The type.</param>
    /// <param name="where">What needs it, for the message: "get_price: the parameter market".</param>
    public static JsonTypeInfo TypeInfo(JsonSerializerOptions options, Type type, string where)
    {
        try
        {
            return options.GetTypeInfo(type);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new GptException(
                GptErrorKind.BadRequest,
                $"{where}: the type {type} cannot be described ({FirstSentence(error.Message)}). Use a type that JSON can hold, or add [JsonSerializable(typeof({type.Name}))] to the context.",
                error)
            { Phase = GptPhase.Request };
        }
    }

    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return options;
    }

    private static void RequireNothing(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in type.Properties)
            property.IsRequired = false;
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}

/// <summary>The simple types of parameters and results, so that a caller's context need only name its own.</summary>
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(byte?))]
[JsonSerializable(typeof(sbyte?))]
[JsonSerializable(typeof(short?))]
[JsonSerializable(typeof(ushort?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(uint?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(ulong?))]
[JsonSerializable(typeof(float?))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(decimal?))]
[JsonSerializable(typeof(char?))]
[JsonSerializable(typeof(DateTime?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(DateOnly?))]
[JsonSerializable(typeof(TimeOnly?))]
[JsonSerializable(typeof(TimeSpan?))]
[JsonSerializable(typeof(Guid?))]
[JsonSerializable(typeof(Uri))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(decimal[]))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement?))]
internal sealed partial class SimpleTypesContext : JsonSerializerContext;

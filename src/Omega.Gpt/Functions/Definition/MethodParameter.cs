using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Functions.Definition;

/// <summary>One parameter of a method: bound from the call's arguments, or to the call itself. Immutable.</summary>
internal sealed class MethodParameter
{
    private readonly JsonTypeInfo? _type;
    private readonly bool _takesNull;
    private readonly object? _default;
    private readonly string _where;

    private MethodParameter(ParameterInfo parameter, string where)
    {
        (Parameter, _where) = (parameter, where);
        if (parameter.HasDefaultValue)
            _default = DefaultOf(parameter);
    }

    private MethodParameter(ParameterInfo parameter, JsonSerializerOptions json, string where)
        : this(parameter, where)
    {
        _type = ModelJson.TypeInfo(json, parameter.ParameterType, where);
        Name = json.PropertyNamingPolicy?.ConvertName(parameter.Name!) ?? parameter.Name!;
        _takesNull = TakesNull(parameter);
        Schema = Describe();
    }

    public ParameterInfo Parameter { get; }

    /// <summary>The argument's name; null for a parameter that is no argument.</summary>
    public string? Name { get; }

    /// <summary>The argument's schema; null for a parameter that is no argument.</summary>
    public JsonObject? Schema { get; }

    public bool IsRequired => Name is not null && !Parameter.HasDefaultValue;

    /// <param name="parameter">The parameter.</param>
    /// <param name="json">Options made by <see cref="ModelJson"/>.</param>
    /// <param name="function">The function's name, for messages.</param>
    /// <exception cref="GptException">Its type cannot be described.</exception>
    public static MethodParameter Of(ParameterInfo parameter, JsonSerializerOptions json, string function)
    {
        var where = $"{function}: the parameter \"{parameter.Name}\" of {parameter.Member.Name}";
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken) || type == typeof(FunctionContext))
            return new(parameter, where);
        if (parameter.Name is null)
            throw Wrong($"{function}: a parameter of {parameter.Member.Name} has no name. Use a method whose parameters are named.");
        if (type.IsByRef || type.IsByRefLike || type.IsPointer)
            throw Wrong($"{where}: the type {type} cannot come from JSON. Take a value, not a reference, span or pointer.");
        return new(parameter, json, where);
    }

    /// <summary>What the method is given.</summary>
    /// <exception cref="GptException">The argument is missing or does not fit.</exception>
    public object? Bind(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        if (_type is null)
            return Parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : context;
        if (!arguments.TryGetProperty(Name!, out var value))
            return Parameter.HasDefaultValue ? _default : throw Unacceptable("is missing. Give it.", null);
        if (value.ValueKind == JsonValueKind.Null && _type.Type != typeof(JsonElement))
        {
            return _takesNull ? null
                : Parameter.HasDefaultValue ? _default
                : throw Unacceptable("is null, but must have a value. Give one.", null);
        }

        return ArgumentReader.Read(value, _type, $"the argument \"{Name}\"", $"/{Name}");
    }

    private JsonObject Describe()
    {
        var schema = TypeSchema.Of(_type!, _where);
        TypeSchema.Rebase(schema, "/properties/" + JsonPointer.Escape(Name!));
        SchemaNotes.Apply(schema, Parameter.GetCustomAttributes(inherit: true), _type!, _where);
        if (_takesNull)
            SchemaTypes.AllowNull(schema);
        if (Parameter.HasDefaultValue && (_default is not null || _takesNull))
            schema["default"] = SchemaNotes.Value(_default, _type!, _where);
        return schema;
    }

    private GptException Unacceptable(string problem, Exception? inner) =>
        new(GptErrorKind.FunctionArguments, $"The argument \"{Name}\" {problem}", inner) { Phase = GptPhase.Function };

    private static bool TakesNull(ParameterInfo parameter)
    {
        if (parameter.ParameterType.IsValueType)
            return Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        try
        {
            return new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        }
        catch (InvalidOperationException)
        {
            // Trimmed programs drop nullability annotations unless NullabilityInfoContextSupport is set; null is then not taken.
            return false;
        }
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.DefaultValue is not { } value)
            return null; // which a call by reflection takes as the default of a struct, too
        // Metadata keeps the default of a nullable enum as its number.
        return (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } named && value is not Enum ? Enum.ToObject(named, value) : value;
    }

    private static GptException Wrong(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
}

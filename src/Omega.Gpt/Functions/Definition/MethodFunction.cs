using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Omega.Gpt.Functions.Definition;

/// <summary>A method as a function: its parameters are the schema, a call's arguments are bound to them. Immutable and thread-safe.</summary>
internal sealed class MethodFunction
{
    private readonly MethodInfo _method;
    private readonly object? _target;
    private readonly MethodParameter[] _parameters;
    private readonly MethodResult _result;
    private readonly GptFunctionOptions _options;
    private readonly bool _targetIsArgument;

    private MethodFunction(MethodInfo method, object? target, string name, JsonSerializerOptions json, GptFunctionOptions options)
    {
        if (method.ContainsGenericParameters)
            throw Wrong($"{name}: {method.Name} has open type parameters, so its arguments are not known. Give a closed method.");
        (_method, _target, _options) = (method, target, options);
        // A static method that was bound to its first argument, as extension methods are.
        _targetIsArgument = method.IsStatic && target is not null;
        _parameters = [.. method.GetParameters().Skip(_targetIsArgument ? 1 : 0).Select(parameter => MethodParameter.Of(parameter, json, name))];
        _result = new MethodResult(method, json, name);
    }

    /// <exception cref="GptException">The method cannot be a function; the message says why and what to do.</exception>
    public static GptFunction Create(MethodInfo method, object? target, JsonSerializerOptions given, string? name, string? description, GptFunctionOptions? options)
    {
        var json = ModelJson.Strict(given);
        name = FunctionName.Of(method, name);
        options ??= new GptFunctionOptions();
        var function = new MethodFunction(method, target, name, json, options);
        description ??= method.GetCustomAttribute<DescriptionAttribute>()?.Description;
        return new GptFunction(new FunctionDefinition(name, description, ParameterSchema.Checked(function.Describe(), name)), function.RunAsync, options);
    }

    private JsonObject Describe()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var parameter in _parameters)
        {
            if (parameter.Name is not { } name)
                continue;
            if (!properties.TryAdd(name, parameter.Schema))
                throw Wrong($"{_method.Name} has two parameters that are both named \"{name}\" in JSON. Rename one.");
            if (parameter.IsRequired)
                required.Add((JsonNode)name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        schema["additionalProperties"] = false;
        return schema;
    }

    private ValueTask<JsonElement> RunAsync(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        var values = new object?[_parameters.Length + (_targetIsArgument ? 1 : 0)];
        var next = 0;
        if (_targetIsArgument)
            values[next++] = _target;
        foreach (var parameter in _parameters)
            values[next++] = parameter.Bind(arguments, context, cancellationToken);
        var returned = _method.Invoke(_targetIsArgument ? null : _target, BindingFlags.DoNotWrapExceptions, null, values, null);
        return _result.ReadAsync(returned, context, _options, cancellationToken);
    }

    private static GptException Wrong(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
}

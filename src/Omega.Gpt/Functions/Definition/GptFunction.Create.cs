using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Omega.Gpt.Functions.Definition;

namespace Omega.Gpt;

// Functions from delegates: the schema is read from the parameters, and a call's arguments are bound to them.
public sealed partial class GptFunction
{
    /// <summary>
    /// Creates a function from a delegate. Its parameters become the schema: types, nullability, defaults, <c>[Description]</c> and the
    /// validation attributes. A <see cref="CancellationToken"/> and a <see cref="FunctionContext"/> are given, not asked of the model.
    /// Names are in snake_case, enums by name.
    /// </summary>
    /// <param name="method">Returns nothing, a value, a task of either, or an <see cref="IAsyncEnumerable{T}"/>, whose items are shown as they come.</param>
    /// <param name="name">The function's name; null for the method's in snake_case, without <c>Async</c>. A lambda needs one.</param>
    /// <param name="description">What it does and when to call it; null for the method's <c>[Description]</c>.</param>
    /// <param name="options">How it is run; null for the defaults: a side effect, without approval.</param>
    /// <exception cref="GptException">A parameter or the result cannot be described; the message names method, parameter, type and remedy.</exception>
    [RequiresUnreferencedCode("Reads the members of types by reflection; use the overload with a JsonSerializerContext in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; use the overload with a JsonSerializerContext in a program compiled ahead of time.")]
    public static GptFunction Create(Delegate method, string? name = null, string? description = null, GptFunctionOptions? options = null) =>
        Create(method, ModelJson.Reflected(), name, description, options);

    /// <summary>As <see cref="Create(Delegate, string?, string?, GptFunctionOptions?)"/>, for trimmed programs and those compiled ahead of time.</summary>
    /// <param name="method">The delegate. The nullability of its own reference parameters is known only where <c>NullabilityInfoContextSupport</c> is on; members of records always have theirs.</param>
    /// <param name="json">Knows the types of the parameters and the result, and how names are written. Simple types need not be named.</param>
    /// <param name="name">The function's name; null for the method's in snake_case.</param>
    /// <param name="description">What it does and when to call it; null for the method's <c>[Description]</c>.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="GptException">A parameter or the result cannot be described; the message names method, parameter, type and remedy.</exception>
    public static GptFunction Create(Delegate method, JsonSerializerContext json, string? name = null, string? description = null, GptFunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Create(method, json.Options, name, description, options);
    }

    /// <inheritdoc cref="Create(Delegate, JsonSerializerContext, string?, string?, GptFunctionOptions?)"/>
    public static GptFunction Create(Delegate method, JsonSerializerOptions json, string? name = null, string? description = null, GptFunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(json);
        return method.HasSingleTarget
            ? MethodFunction.Create(method.Method, method.Target, json, name, description, options)
            : throw new GptException(GptErrorKind.BadRequest, $"The delegate given for \"{name ?? method.Method.Name}\" calls several methods. Give one method.") { Phase = GptPhase.Request };
    }

    /// <summary>Creates a function whose arguments are one record, without reflection: the first choice where code is compiled ahead of time.</summary>
    /// <typeparam name="TArguments">A type with a member for each argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="name">The function's name.</param>
    /// <param name="description">What it does and when to call it; null for none.</param>
    /// <param name="handler">Runs a call.</param>
    /// <param name="json">Knows both types.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="GptException">A type cannot be described.</exception>
    public static GptFunction Create<TArguments, TResult>(
        string name,
        string? description,
        Func<TArguments, FunctionContext, CancellationToken, ValueTask<TResult>> handler,
        JsonSerializerContext json,
        GptFunctionOptions? options = null)
        where TArguments : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(json);
        var strict = ModelJson.Strict(json.Options);
        var result = ModelJson.TypeInfo(strict, typeof(TResult), $"{name}: its result");
        var arguments = ModelJson.TypeInfo(strict, typeof(TArguments), $"{name}: its arguments");
        return new GptFunction(Define(name, description, arguments), RunAsync, options);

        async ValueTask<JsonElement> RunAsync(JsonElement given, FunctionContext context, CancellationToken cancellationToken)
        {
            var read = (TArguments)ArgumentReader.Read(given, arguments, "the arguments", "")!;
            return MethodResult.Write(await handler(read, context, cancellationToken).ConfigureAwait(false), result, name);
        }
    }

    /// <summary>As <see cref="Create{TArguments, TResult}"/>, for a result that comes item by item: each is shown as progress at once.</summary>
    /// <typeparam name="TArguments">A type with a member for each argument.</typeparam>
    /// <typeparam name="TItem">An item of the result.</typeparam>
    /// <param name="name">The function's name.</param>
    /// <param name="description">What it does and when to call it; null for none.</param>
    /// <param name="handler">Runs a call.</param>
    /// <param name="json">Knows both types.</param>
    /// <param name="options">How it is run, and with <see cref="GptFunctionOptions.StreamedResult"/> what the model gets; null for the defaults.</param>
    /// <exception cref="GptException">A type cannot be described.</exception>
    public static GptFunction CreateStreaming<TArguments, TItem>(
        string name,
        string? description,
        Func<TArguments, FunctionContext, CancellationToken, IAsyncEnumerable<TItem>> handler,
        JsonSerializerContext json,
        GptFunctionOptions? options = null)
        where TArguments : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(json);
        options ??= new GptFunctionOptions();
        var strict = ModelJson.Strict(json.Options);
        var item = ModelJson.TypeInfo(strict, typeof(TItem), $"{name}: its result");
        var arguments = ModelJson.TypeInfo(strict, typeof(TArguments), $"{name}: its arguments");
        return new GptFunction(Define(name, description, arguments), RunAsync, options);

        async ValueTask<JsonElement> RunAsync(JsonElement given, FunctionContext context, CancellationToken cancellationToken)
        {
            var collector = new StreamCollector(context, options);
            var read = (TArguments)ArgumentReader.Read(given, arguments, "the arguments", "")!;
            await foreach (var value in handler(read, context, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
                await collector.AddAsync(MethodResult.Write(value, item, name), cancellationToken).ConfigureAwait(false);
            return collector.Result();
        }
    }

    /// <summary>A function for each public method of an object that is marked <see cref="GptFunctionAttribute"/>, in the order of their names.</summary>
    /// <param name="target">The object.</param>
    /// <exception cref="GptException">A method cannot be a function, or none is marked.</exception>
    [RequiresUnreferencedCode("Looks for methods by reflection; use the overload with a type parameter in a trimmed program.")]
    [RequiresDynamicCode("Reads the members of types by reflection; use the overload with a type parameter in a program compiled ahead of time.")]
    public static IReadOnlyList<GptFunction> FromMethods(object target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return FromMethods(target.GetType(), target, ModelJson.Reflected());
    }

    /// <summary>As <see cref="FromMethods(object)"/>, for trimmed programs and those compiled ahead of time.</summary>
    /// <typeparam name="T">The type whose marked methods are meant.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="json">Knows the types of parameters and results.</param>
    /// <exception cref="GptException">A method cannot be a function, or none is marked.</exception>
    public static IReadOnlyList<GptFunction> FromMethods<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>(T target, JsonSerializerContext json)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(json);
        return FromMethods(typeof(T), target, json.Options);
    }

    private static List<GptFunction> FromMethods([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type, object target, JsonSerializerOptions json)
    {
        var functions = new List<GptFunction>();
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).OrderBy(method => method.Name, StringComparer.Ordinal))
        {
            if (method.GetCustomAttribute<GptFunctionAttribute>() is { } mark)
                functions.Add(MethodFunction.Create(method, method.IsStatic ? null : target, json, mark.Name, null, mark.ToOptions(method.Name)));
        }

        return functions.Count > 0
            ? functions
            : throw new GptException(GptErrorKind.BadRequest, $"{type} has no public method marked [GptFunction]. Mark those that the model may call.") { Phase = GptPhase.Request };
    }

    private static FunctionDefinition Define(string name, string? description, JsonTypeInfo arguments) =>
        new(FunctionName.Check(name), description, ParameterSchema.Of(arguments, name));
}

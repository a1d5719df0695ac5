using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt.Functions.Definition;

/// <summary>Turns what a method returns into the call's result, awaiting and enumerating where it must. Immutable.</summary>
internal sealed class MethodResult
{
    private static readonly MethodInfo TaskResult = typeof(Task<>).GetProperty(nameof(Task<>.Result))!.GetMethod!;
    private static readonly MethodInfo ValueTaskAsTask = typeof(ValueTask<>).GetMethod(nameof(ValueTask<>.AsTask))!;
    private static readonly MethodInfo GetEnumerator = typeof(IAsyncEnumerable<>).GetMethod(nameof(IAsyncEnumerable<>.GetAsyncEnumerator))!;
    private static readonly MethodInfo MoveNext = typeof(IAsyncEnumerator<>).GetMethod(nameof(IAsyncEnumerator<>.MoveNextAsync))!;
    private static readonly MethodInfo Current = typeof(IAsyncEnumerator<>).GetProperty(nameof(IAsyncEnumerator<>.Current))!.GetMethod!;

    private readonly MethodInfo? _asTask;
    private readonly MethodInfo? _taskResult;
    private readonly Type? _stream;
    private readonly bool _isAwaited;
    private readonly JsonTypeInfo? _type;
    private readonly string _function;

    /// <exception cref="GptException">The type cannot be written as JSON.</exception>
    public MethodResult(MethodInfo method, JsonSerializerOptions json, string function)
    {
        _function = function;
        var type = method.ReturnType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            _asTask = On(type, ValueTaskAsTask);
            type = _asTask.ReturnType;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            _taskResult = On(type, TaskResult);
            type = _taskResult.ReturnType;
        }

        _isAwaited = _taskResult is not null || type == typeof(Task) || type == typeof(ValueTask);
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return;
        if (StreamOf(type) is { } stream)
        {
            _stream = stream;
            type = stream.GetGenericArguments()[0];
        }

        var where = $"{function}: the result of {method.Name}";
        if (type.IsByRef || type.IsByRefLike || type.IsPointer)
            throw new GptException(GptErrorKind.BadRequest, $"{where}: the type {type} cannot be written as JSON. Return a value.") { Phase = GptPhase.Request };
        _type = ModelJson.TypeInfo(json, type, where);
    }

    /// <summary>The result of a function that returns nothing: JSON null.</summary>
    public static JsonElement Nothing { get; } = JsonElement.Parse("null");

    /// <exception cref="GptException">The result cannot be written as JSON.</exception>
    public async ValueTask<JsonElement> ReadAsync(object? returned, FunctionContext context, GptFunctionOptions options, CancellationToken cancellationToken)
    {
        var value = _isAwaited ? await AwaitAsync(returned).ConfigureAwait(false) : returned;
        if (_type is null)
            return Nothing;
        return _stream is null ? Write(value, _type, _function) : await CollectAsync(value, context, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a result.</summary>
    /// <exception cref="GptException">It cannot be written as JSON.</exception>
    public static JsonElement Write(object? value, JsonTypeInfo type, string function)
    {
        if (value is JsonElement element)
            return element;
        try
        {
            return JsonSerializer.SerializeToElement(value, type);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new GptException(GptErrorKind.FunctionExecution, $"{function}: its result, a {type.Type}, cannot be written as JSON: {error.Message}", error) { Phase = GptPhase.Function };
        }
    }

    private async ValueTask<object?> AwaitAsync(object? returned)
    {
        if (_asTask is not null)
            returned = Call(_asTask, returned!);
        if (returned is ValueTask nothing)
        {
            await nothing.ConfigureAwait(false);
            return null;
        }

        var task = returned as Task ?? throw new GptException(GptErrorKind.FunctionExecution, $"{_function}: the method returned null instead of a task.") { Phase = GptPhase.Function };
        await task.ConfigureAwait(false);
        return _taskResult is null ? null : Call(_taskResult, task);
    }

    // MoveNextAsync and Current go through reflection, so that no generic code must exist for a type known only now.
    private async ValueTask<JsonElement> CollectAsync(object? stream, FunctionContext context, GptFunctionOptions options, CancellationToken cancellationToken)
    {
        var collector = new StreamCollector(context, options);
        if (stream is null)
            return collector.Result();
        var open = On(_stream!, GetEnumerator);
        var enumerator = Call(open, stream, cancellationToken)!;
        await using var _ = ((IAsyncDisposable)enumerator).ConfigureAwait(false);
        var (next, current) = (On(open.ReturnType, MoveNext), On(open.ReturnType, Current));
        while (await ((ValueTask<bool>)Call(next, enumerator)!).ConfigureAwait(false))
            await collector.AddAsync(Write(Call(current, enumerator), _type!, _function), cancellationToken).ConfigureAwait(false);
        return collector.Result();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A method that returns a stream keeps the interface that it implements.")]
    private static Type? StreamOf(Type type) =>
        IsStream(type) ? type : type.GetInterfaces().FirstOrDefault(IsStream);

    private static bool IsStream(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The generic definitions' members are named above, which keeps them on every instance.")]
    private static MethodInfo On(Type type, MethodInfo definition) => (MethodInfo)type.GetMemberWithSameMetadataDefinitionAs(definition);

    private static object? Call(MethodInfo method, object target, params object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}

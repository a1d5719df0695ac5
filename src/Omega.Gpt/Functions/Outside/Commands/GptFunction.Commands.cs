using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt;

public sealed partial class GptFunction
{
    /// <summary>A function whose calls a program runs: arguments as JSON on its standard input, the result on its standard output.</summary>
    /// <remarks>
    /// Standard output is the result: as it is where it is JSON, else as a JSON string. An exit code other than 0 is a failure, told with
    /// the last lines of standard error. When the time is up, or the call is cancelled, the program and all it started are killed.
    /// </remarks>
    /// <param name="definition">What the model is told.</param>
    /// <param name="command">The program.</param>
    /// <param name="options">How it is run; null for the defaults: a side effect, without approval.</param>
    public static GptFunction FromCommand(FunctionDefinition definition, CommandOptions command, GptFunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(command);
        options ??= new GptFunctionOptions();
        return new GptFunction(definition, new CommandHandler(command, options.MaxResultBytes).RunAsync, options);
    }
}

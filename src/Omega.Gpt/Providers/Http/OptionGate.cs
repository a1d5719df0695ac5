namespace Omega.Gpt.Providers.Http;

/// <summary>
/// Options that a wire cannot carry: refused, or left out with a notice where the request is lenient. What a model does not take is the
/// catalogue's business, and was checked before.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="provider">The provider's name.</param>
internal sealed class OptionGate(ModelRequest request, string provider)
{
    private readonly List<string> _leftOut = [];

    /// <summary>The provider's name.</summary>
    public string Provider => provider;

    /// <summary>Refuses an option, or notes that it is left out.</summary>
    /// <param name="problem">Which option, its value, and what is taken instead: a sentence without its full stop.</param>
    /// <param name="lenient">What a lenient request gets instead.</param>
    /// <exception cref="GptException">The request is not lenient.</exception>
    public void Refuse(string problem, string lenient = "it was left out")
    {
        if (request.Options.Lenient != true)
        {
            throw new GptException(GptErrorKind.BadRequest, $"{provider}/{request.Model}: {problem}. Change the option, or set Lenient to go on without it.")
            {
                Phase = GptPhase.Request,
                Provider = provider,
                Model = request.Model,
            };
        }

        _leftOut.Add($"{provider}/{request.Model}: {problem}; {lenient}.");
    }

    /// <summary>Notices for the stream's beginning, one for each option left out.</summary>
    /// <param name="output">Where they go.</param>
    public void AddNotices(List<ModelDelta> output)
    {
        foreach (var sentence in _leftOut)
            output.Add(new NoticeDelta(new NoticeEvent("option_ignored", sentence)));
    }
}

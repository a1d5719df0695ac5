using System.Runtime.InteropServices;

namespace Omega.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first during a turn cancels it, so that the partial answer is kept; a second, or one outside a turn,
/// ends the program at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private CancellationTokenSource? _turn;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, Omega.Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, Omega.Cli.ExitCode.Terminated));
    }

    /// <summary>130 or 143 once a signal came during a turn, else null.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Begins a turn: until the result is disposed, a signal cancels <see cref="Turn.Token"/>.</summary>
    public Turn BeginTurn() => new(this);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        CancellationTokenSource? turn;
        lock (_lock)
        {
            turn = ExitCode is null ? _turn : null;
            if (turn is not null)
                ExitCode = exitCode;
        }

        if (turn is null)
            Environment.Exit(exitCode);
        try
        {
            turn.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The turn ended by itself in this moment.
        }
    }

    internal sealed class Turn : IDisposable
    {
        private readonly Interruption _owner;
        private readonly CancellationTokenSource _source = new();

        public Turn(Interruption owner)
        {
            _owner = owner;
            lock (owner._lock)
                (owner._turn, owner.ExitCode) = (_source, null);
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            lock (_owner._lock)
                _owner._turn = null;
            _source.Dispose();
        }
    }
}

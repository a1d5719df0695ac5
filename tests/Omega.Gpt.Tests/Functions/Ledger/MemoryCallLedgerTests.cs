namespace Omega.Gpt.Tests.Functions.Ledger;

public sealed class MemoryCallLedgerTests : CallLedgerContract
{
    protected override bool SharesAFile => false;

    protected override ICallLedger Open() => new MemoryCallLedger();
}

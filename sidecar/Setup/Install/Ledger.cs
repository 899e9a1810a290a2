namespace Sidecar.Setup.Install;

/// <summary>Says, line by line, what set-up found and did.</summary>
internal sealed class Ledger(TextWriter output)
{
    /// <summary>How many things were made, mended or removed.</summary>
    public int Changes { get; private set; }

    public int Warnings { get; private set; }

    public void Unchanged(string item) => Line("unchanged", item, null);

    public void Created(string item, string? detail = null) => Change("created", item, detail);

    public void Repaired(string item, string detail) => Change("repaired", item, detail);

    public void Removed(string item, string? detail = null) => Change("removed", item, detail);

    /// <summary>Something that set-up can do without, or that somebody else has to mend.</summary>
    public void Warn(string problem, string remedy)
    {
        Warnings++;
        Line("warning", problem, null);
        output.WriteLine($"           {remedy}");
    }

    public void Note(string text) => output.WriteLine(text);

    private void Change(string what, string item, string? detail)
    {
        Changes++;
        Line(what, item, detail);
    }

    private void Line(string what, string item, string? detail) =>
        output.WriteLine($"{what, -10} {item}{(detail is null ? "" : $": {detail}")}");
}

namespace Sidecar.Text;

/// <summary>Why something is not done: a sentence for the person who asked, with what is possible instead.</summary>
public abstract record Refusal(Markdown Sentence);

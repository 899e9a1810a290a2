using Sidecar.Cards;

namespace Sidecar.Interactions;

/// <summary>Why something is not done: a sentence for the person who asked, with what is possible instead.</summary>
public abstract record Refusal(Words Sentence);

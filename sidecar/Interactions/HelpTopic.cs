namespace Sidecar.Interactions;

/// <summary>What a group of commands is about, as help shows it (SET-4).</summary>
/// <param name="Word">As it is written behind <c>help</c>: <c>incidents</c>. No command begins with it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="About">What can be done there, in a few words.</param>
public sealed record HelpTopic(string Word, string Title, string About);

namespace Sidecar.Interactions;

/// <summary>What was chosen from a list of ours, when it comes back from outside.</summary>
public static class Choices
{
    /// <summary>
    /// The choice of that name. A number is none, though <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/> takes it
    /// for one.
    /// </summary>
    /// <param name="name">As it came.</param>
    /// <param name="offered">What could be chosen.</param>
    public static TEnum? Read<TEnum>(string? name, IEnumerable<TEnum> offered)
        where TEnum : struct, Enum
    {
        foreach (var choice in offered)
        {
            if (choice.ToString() == name)
            {
                return choice;
            }
        }

        return null;
    }
}

using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Something that must be true of a field of a view. It is not true of a view that lacks the field, or has another kind of value in it.</summary>
public abstract record ViewCondition
{
    private ViewCondition()
    {
    }

    /// <summary>The field.</summary>
    public abstract ViewField Field { get; init; }

    /// <summary>The condition as text: the same for conditions that ask the same.</summary>
    internal string Question => $"{GetType().Name} {Field.Path} {Operand}";

    private protected abstract string Operand { get; }

    /// <summary>The field is one of some texts, compared by code units.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Values">The texts, at least one.</param>
    public sealed record IsOneOf(ViewField Field, params IReadOnlyList<string> Values) : ViewCondition
    {
        /// <summary>The texts.</summary>
        public IReadOnlyList<string> Values { get; } =
            Values.Count > 0 ? [.. Values] : throw new ArgumentException("At least one text is needed.", nameof(Values));

        private protected override string Operand => string.Join(' ', Values.Select(v => $"{v.Length}:{v}"));
    }

    /// <summary>The field is true.</summary>
    /// <param name="Field">The field.</param>
    public sealed record IsTrue(ViewField Field) : ViewCondition
    {
        private protected override string Operand => string.Empty;
    }

    /// <summary>The field is a number, and not less than another.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Least">The least number, of at most 15 significant digits: stores keep JSON numbers as IEEE 754 doubles.</param>
    public sealed record AtLeast(ViewField Field, decimal Least) : ViewCondition
    {
        private protected override string Operand => Least.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The field is a number, and not more than another.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Most">The largest number, of at most 15 significant digits.</param>
    public sealed record AtMost(ViewField Field, decimal Most) : ViewCondition
    {
        private protected override string Operand => Most.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The field is a text with another somewhere in it, compared by code units: to find it in any case, keep it in one case.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Text">The other text.</param>
    public sealed record Contains(ViewField Field, string Text) : ViewCondition
    {
        private protected override string Operand => Text;
    }
}

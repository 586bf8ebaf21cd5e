import { suggestion, UserError } from '../../../src/core/errors.js';

/** A restriction enzyme: its site, and where it cuts, counted in bases from the site's start along the top strand. */
export interface Enzyme {
  readonly name: string;
  readonly site: string;
  /** Site and cuts as REBASE writes them. */
  readonly notation: string;
  /** The top strand is cut before this base of it. */
  readonly top: number;
  /** The bottom strand is cut before this position, counted on the top strand. */
  readonly bottom: number;
}

/**
 * Enzymes on sale that cut once at each site, in REBASE's notation: `^` is the cut of a site that reads the same on both
 * strands; `(1/5)` says that the top strand is cut 1 base, and the bottom strand 5 bases, after the site's last.
 * NOTE: enzymes that cut methylated sites alone (DpnI, MspJI) are left out, for molecules here carry no methyl groups;
 * so are those that cut on both sides of their site (BcgI).
 * SEE: R. J. Roberts et al., "REBASE: a database for DNA restriction and modification", Nucleic Acids Res. 51 (2023) D629;
 * the list of New England Biolabs and Thermo Fisher as Biopython 1.88 carries it.
 */
const TABLE = `
  AanI TTA^TAA; AarI CACCTGC(4/8); AasI GACNNNN^NNGTC; AatII GACGT^C; Acc65I G^GTACC; AccI GT^MKAC; AciI
  CCGC(-3/-1); AclI AA^CGTT; AcuI CTGAAG(16/14); AdeI CACNNN^GTG; AfaI GT^AC; AfeI AGC^GCT; AflII C^TTAAG; AflIII
  A^CRYGT; AgeI A^CCGGT; AhdI GACNNN^NNGTC; AjiI CACGTC(-3/-3); AleI CACNN^NNGTG; AluI AG^CT; Alw21I GWGCW^C; Alw26I
  GTCTC(1/5); Alw44I G^TGCAC; AlwI GGATC(4/5); AlwNI CAGNNN^CTG; ApaI GGGCC^C; ApaLI G^TGCAC; ApeKI G^CWGC; ApoI
  R^AATTY; AscI GG^CGCGCC; AseI AT^TAAT; AsiSI GCGAT^CGC; AvaI C^YCGRG; AvaII G^GWCC; AvrII C^CTAGG; BaeGI GKGCM^C;
  BalI TGG^CCA; BamHI G^GATCC; BanI G^GYRCC; BanII GRGCY^C; BauI CACGAG(-5/-1); BbsI GAAGAC(2/6); BbvCI
  CCTCAGC(-5/-2); BbvI GCAGC(8/12); BccI CCATC(4/5); BceAI ACGGC(12/14); BciVI GTATCC(6/5); BclI T^GATCA; BcnI
  CC^SGG; BcoDI GTCTC(1/5); BcuI A^CTAGT; BfaI C^TAG; BfmI C^TRYAG; BfoI RGCGC^Y; BfuAI ACCTGC(4/8); BfuI
  GTATCC(6/5); BglI GCCNNNN^NGGC; BglII A^GATCT; BlpI GC^TNAGC; Bme1390I CC^NGG; BmeT110I C^YCGRG; BmgBI
  CACGTC(-3/-3); BmrI ACTGGG(5/4); BmsI GCATC(5/9); BmtI GCTAG^C; BoxI GACNN^NNGTC; BpiI GAAGAC(2/6); BpmI
  CTGGAG(16/14); Bpu10I CCTNAGC(-5/-2); Bpu1102I GC^TNAGC; BpuEI CTTGAG(16/14); BsaAI YAC^GTR; BsaBI GATNN^NNATC;
  BsaHI GR^CGYC; BsaI GGTCTC(1/5); BsaJI C^CNNGG; BsaWI W^CCGGW; BseDI C^CNNGG; BseGI GGATG(2/0); BseJI GATNN^NNATC;
  BseLI CCNNNNN^NNGG; BseMI GCAATG(2/0); BseMII CTCAG(10/8); BseNI ACTGG(1/-1); BseRI GAGGAG(10/8); BseSI GKGCM^C;
  BseXI GCAGC(8/12); BseYI CCCAGC(-5/-1); BsgI GTGCAG(16/14); Bsh1236I CG^CG; Bsh1285I CGRY^CG; BshNI G^GYRCC; BshTI
  A^CCGGT; BsiEI CGRY^CG; BsiHKAI GWGCW^C; BsiWI C^GTACG; BslI CCNNNNN^NNGG; BsmAI GTCTC(1/5); BsmBI CGTCTC(1/5);
  BsmFI GGGAC(10/14); BsmI GAATGC(1/-1); BsoBI C^YCGRG; Bsp119I TT^CGAA; Bsp120I G^GGCCC; Bsp1286I GDGCH^C; Bsp1407I
  T^GTACA; Bsp143I ^GATC; Bsp68I TCG^CGA; BspCNI CTCAG(9/7); BspDI AT^CGAT; BspEI T^CCGGA; BspHI T^CATGA; BspLI
  GGN^NCC; BspMI ACCTGC(4/8); BspOI GCTAG^C; BspPI GGATC(4/5); BspQI GCTCTTC(1/4); BspTI C^TTAAG; BsrBI
  CCGCTC(-3/-3); BsrDI GCAATG(2/0); BsrFI R^CCGGY; BsrGI T^GTACA; BsrI ACTGG(1/-1); BssHII G^CGCGC; BssSI
  CACGAG(-5/-1); Bst1107I GTA^TAC; BstAPI GCANNNN^NTGC; BstBI TT^CGAA; BstEII G^GTNACC; BstNI CC^WGG; BstUI CG^CG;
  BstXI CCANNNNN^NTGG; BstYI R^GATCY; BstZ17I GTA^TAC; Bsu15I AT^CGAT; Bsu36I CC^TNAGG; BsuRI GG^CC; BtgI C^CRYGG;
  BtgZI GCGATG(10/14); BtsCI GGATG(2/0); BtsI GCAGTG(2/0); BtsIMutI CAGTG(2/0); BveI ACCTGC(4/8); Cac8I GCN^NGC;
  CaiI CAGNNN^CTG; Cfr10I R^CCGGY; Cfr13I G^GNCC; Cfr42I CCGC^GG; Cfr9I C^CCGGG; ClaI AT^CGAT; CpoI CG^GWCCG; CseI
  GACGC(5/10); CsiI A^CCWGGT; Csp6I G^TAC; CviAII C^ATG; CviKI-1 RG^CY; CviQI G^TAC; DdeI C^TNAG; DpnII ^GATC; DraI
  TTT^AAA; DraIII CACNNN^GTG; DrdI GACNNNN^NNGTC; EaeI Y^GGCCR; EagI C^GGCCG; Eam1104I CTCTTC(1/4); Eam1105I
  GACNNN^NNGTC; EarI CTCTTC(1/4); EciI GGCGGA(11/9); Ecl136II GAG^CTC; Eco105I TAC^GTA; Eco130I C^CWWGG; Eco147I
  AGG^CCT; Eco24I GRGCY^C; Eco31I GGTCTC(1/5); Eco32I GAT^ATC; Eco47I G^GWCC; Eco47III AGC^GCT; Eco52I C^GGCCG;
  Eco53kI GAG^CTC; Eco57I CTGAAG(16/14); Eco72I CAC^GTG; Eco81I CC^TNAGG; Eco88I C^YCGRG; Eco91I G^GTNACC; EcoNI
  CCTNN^NNNAGG; EcoO109I RG^GNCCY; EcoRI G^AATTC; EcoRII ^CCWGG; EcoRV GAT^ATC; EcoT22I ATGCA^T; EheI GGC^GCC; Esp3I
  CGTCTC(1/5); FaqI GGGAC(10/14); FatI ^CATG; FauI CCCGC(4/6); Fnu4HI GC^NGC; FokI GGATG(9/13); FseI GGCCGG^CC;
  FspAI RTGC^GCAY; FspBI C^TAG; FspI TGC^GCA; GsuI CTGGAG(16/14); HaeII RGCGC^Y; HaeIII GG^CC; HapII C^CGG; HgaI
  GACGC(5/10); HhaI GCG^C; Hin1I GR^CGYC; Hin1II CATG^; Hin6I G^CGC; HinP1I G^CGC; HincII GTY^RAC; HindIII A^AGCTT;
  HinfI G^ANTC; HpaI GTT^AAC; HpaII C^CGG; HphI GGTGA(8/7); Hpy166II GTN^NAC; Hpy188I TCN^GA; Hpy188III TC^NNGA;
  Hpy8I GTN^NAC; Hpy99I CGWCG^; HpyAV CCTTC(6/5); HpyCH4III ACN^GT; HpyCH4IV A^CGT; HpyCH4V TG^CA; HpyF10VI
  GCNNNNN^NNGC; HpyF3I C^TNAG; KasI G^GCGCC; KflI GG^GWCCC; Kpn2I T^CCGGA; KpnI GGTAC^C; KspAI GTT^AAC; LguI
  GCTCTTC(1/4); Lsp1109I GCAGC(8/12); LweI GCATC(5/9); MauBI CG^CGCGCG; MbiI CCGCTC(-3/-3); MboI ^GATC; MboII
  GAAGA(8/7); MfeI C^AATTG; MlsI TGG^CCA; MluCI ^AATT; MluI A^CGCGT; MlyI GAGTC(5/5); MmeI TCCRAC(20/18); MnlI
  CCTC(7/6); Mph1103I ATGCA^T; MreI CG^CCGGCG; MscI TGG^CCA; MseI T^TAA; MslI CAYNN^NNRTG; MspA1I CMG^CKG; MspI
  C^CGG; MssI GTTT^AAAC; MunI C^AATTG; Mva1269I GAATGC(1/-1); MvaI CC^WGG; MwoI GCNNNNN^NNGC; NaeI GCC^GGC; NarI
  GG^CGCC; NciI CC^SGG; NcoI C^CATGG; NdeI CA^TATG; NgoMIV G^CCGGC; NheI G^CTAGC; NlaIII CATG^; NlaIV GGN^NCC;
  NmeAIII GCCGAG(21/19); NmuCI ^GTSAC; NotI GC^GGCCGC; NruI TCG^CGA; NsbI TGC^GCA; NsiI ATGCA^T; NspI RCATG^Y; OliI
  CACNN^NNGTG; PacI TTAAT^TAA; PaeI GCATG^C; PaeR7I C^TCGAG; PagI T^CATGA; PaqCI CACCTGC(4/8); PasI CC^CWGGG; PauI
  G^CGCGC; PciI A^CATGT; PdiI GCC^GGC; PdmI GAANN^NNTTC; PfeI G^AWTC; Pfl23II C^GTACG; PflFI GACN^NNGTC; PflMI
  CCANNNN^NTGG; PfoI T^CCNGGA; PleI GAGTC(4/5); PluTI GGCGC^C; PmeI GTTT^AAAC; PmlI CAC^GTG; Ppu21I YAC^GTR; PpuMI
  RG^GWCCY; PscI A^CATGT; PshAI GACNN^NNGTC; PsiI TTA^TAA; Psp1406I AA^CGTT; Psp5II RG^GWCCY; PspFI CCCAGC(-5/-1);
  PspGI ^CCWGG; PspOMI G^GGCCC; PspXI VC^TCGAGB; PstI CTGCA^G; PsuI R^GATCY; PsyI GACN^NNGTC; PteI G^CGCGC; PvuI
  CGAT^CG; PvuII CAG^CTG; RruI TCG^CGA; RsaI GT^AC; RseI CAYNN^NNRTG; RsrII CG^GWCCG; SacI GAGCT^C; SacII CCGC^GG;
  SalI G^TCGAC; SapI GCTCTTC(1/4); SaqAI T^TAA; SatI GC^NGC; Sau3AI ^GATC; Sau96I G^GNCC; SbfI CCTGCA^GG; ScaI
  AGT^ACT; SchI GAGTC(5/5); ScrFI CC^NGG; SdaI CCTGCA^GG; SduI GDGCH^C; SexAI A^CCWGGT; SfaAI GCGAT^CGC; SfaNI
  GCATC(5/9); SfcI C^TRYAG; SfiI GGCCNNNN^NGGCC; SfoI GGC^GCC; SgrAI CR^CCGGYG; SgrDI CG^TCGACG; SgsI GG^CGCGCC;
  SmaI CCC^GGG; SmiI ATTT^AAAT; SmlI C^TYRAG; SmoI C^TYRAG; SnaBI TAC^GTA; SpeI A^CTAGT; SphI GCATG^C; SrfI
  GCCC^GGGC; SsiI CCGC(-3/-1); SspDI G^GCGCC; SspI AAT^ATT; StuI AGG^CCT; StyD4I ^CCNGG; StyI C^CWWGG; SwaI
  ATTT^AAAT; TaaI ACN^GT; TaiI ACGT^; TaqI T^CGA; TasI ^AATT; TatI W^GTACW; TauI GCSG^C; TfiI G^AWTC; Tru1I T^TAA;
  TscAI CASTG(2/-7); TseI G^CWGC; Tsp45I ^GTSAC; TspMI C^CCGGG; TspRI CASTG(2/-7); Tth111I GACN^NNGTC; Van91I
  CCANNNN^NTGG; VspI AT^TAAT; XagI CCTNN^NNNAGG; XapI R^AATTY; XbaI T^CTAGA; XceI RCATG^Y; XcmI CCANNNNN^NNNNTGG;
  XhoI C^TCGAG; XmaI C^CCGGG; XmaJI C^CTAGG; XmiI GT^MKAC; XmnI GAANN^NNTTC; ZraI GAC^GTC`;

/** Every enzyme by its name. */
export const ENZYMES: ReadonlyMap<string, Enzyme> = new Map(
  TABLE.split(';').map((entry) => {
    const [name, cut] = entry.trim().split(/\s+/) as [string, string];
    return [name, enzymeOf(name, cut)];
  }),
);

const LOWER = new Map([...ENZYMES.values()].map((enzyme) => [enzyme.name.toLowerCase(), enzyme]));

function enzymeOf(name: string, notation: string): Enzyme {
  const shift = /^(\w+)\((-?\d+)\/(-?\d+)\)$/.exec(notation);
  if (shift !== null) {
    const site = shift[1] as string;
    return { name, site, notation, top: site.length + Number(shift[2]), bottom: site.length + Number(shift[3]) };
  }
  const site = notation.replace('^', '');
  const top = notation.indexOf('^');
  return { name, site, notation, top, bottom: site.length - top };
}

/** An enzyme by name, in any case. Names of improved versions (`BsaI-HF`, `BsmBI-v2`) mean the same enzyme. */
export function enzymeNamed(name: string): Enzyme | undefined {
  const plain = name.trim().toLowerCase();
  return LOWER.get(plain) ?? LOWER.get(plain.replace(/-(hf(v2)?|v2)$/, ''));
}

/** @throws UserError with names near to it */
export function enzyme(name: string): Enzyme {
  const found = enzymeNamed(name);
  if (found === undefined) throw new UserError(`no enzyme "${name}" is known; ${near(name)}`);
  return found;
}

function near(name: string): string {
  const known = suggestion(name, [...ENZYMES.keys()]);
  return known.startsWith('known') ? 'names are written as in REBASE: EcoRI, BsaI, HindIII' : known;
}

/** Whether an enzyme cuts outside of its site on one side, as Golden Gate needs, and leaves an overhang. */
export function isTypeIIS({ site, top, bottom }: Enzyme): boolean {
  return top >= site.length && bottom >= site.length && top !== bottom;
}

/** Enzymes that a bench has at hand: one for each of the sites people clone with. */
export const COMMON = `AatII AflII AgeI ApaI ApaLI AscI AvrII BamHI BbsI BglII BsaI BsmBI BsrGI BssHII BstBI ClaI DraI
  EagI EcoRI EcoRV FseI HincII HindIII HpaI KpnI MfeI MluI NarI NcoI NdeI NheI NotI NruI NsiI PacI PaqCI PciI PmeI PmlI
  PstI PvuI PvuII SacI SacII SalI SapI SbfI ScaI SfiI SmaI SnaBI SpeI SphI SspI StuI SwaI XbaI XhoI XmaI`
  .split(/\s+/)
  .map((name) => ENZYMES.get(name) as Enzyme);

/** The enzymes of a list such as `EcoRI, HindIII`. @throws UserError on an unknown one */
export function enzymesIn(list: string): Enzyme[] {
  const names = list.split(/[\s,;+]+/).filter((name) => name !== '' && name.toLowerCase() !== 'and');
  if (names.length === 0) throw new UserError('name an enzyme, for example EcoRI, or several: EcoRI, HindIII');
  return names.map(enzyme);
}

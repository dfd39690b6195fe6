import { Input, Radio, Select } from 'antd';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { DuplicateCheck } from '../DuplicateCheck.tsx';
import { RegionsPicker } from '../RegionPicker.tsx';
import { Entries } from './Entries.tsx';
import { Item } from './Item.tsx';
import { percentRule, usccRule } from './rules.ts';

/** The client (Articles 7.1, 9 and 10): basics, assets, shareholders, contact, members of the group. */
export function ClientSection({ known }: { readonly known: DraftForm['client'] }) {
  const { t } = useWords();
  const at = (name: string) => ['client', name];
  return (
    <>
      <div className="grid">
        <Item name={at('name')} word="f.client.name">
          <Input maxLength={200} />
        </Item>
        <Item name={at('codeType')} word="f.client.codeType">
          <Radio.Group
            options={[
              { value: 'uscc', label: t('codeType.uscc') },
              { value: 'other', label: t('codeType.other') },
            ]}
          />
        </Item>
        <Item name={at('uscc')} word="f.client.uscc" rules={[usccRule]}>
          <Input maxLength={40} autoCapitalize="characters" spellCheck={false} />
        </Item>
        <Item name={at('shortName')} word="f.client.shortName">
          <Input maxLength={200} />
        </Item>
      </div>
      <DuplicateCheck known={known} />
      <div className="grid">
        <Item name={at('formerNames')} word="f.client.formerNames">
          <Select mode="tags" open={false} suffixIcon={null} placeholder={t('form.tagsHint')} />
        </Item>
        <Item name={at('nature')} word="f.client.nature">
          <Input maxLength={200} />
        </Item>
        <Item name={at('industry')} word="f.client.industry">
          <Input maxLength={200} />
        </Item>
        <Item name={at('size')} word="f.client.size">
          <Input maxLength={200} />
        </Item>
        <Item name={at('registeredCapitalYuan')} word="f.client.registeredCapitalYuan">
          <AmountInput />
        </Item>
        <Item name={at('territory')} word="f.client.territory">
          <RegionsPicker />
        </Item>
        <Item name={at('mainProducts')} word="f.client.mainProducts" wide>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Item>
        <Item name={at('reputation')} word="f.client.reputation" wide>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Item>
      </div>
      <h3>{t('form.assets')}</h3>
      <div className="grid">
        <Item name={['client', 'assets', 'asOf']} word="f.client.assets.asOf">
          <Input type="date" />
        </Item>
        <Item name={['client', 'assets', 'totalAssetsYuan']} word="f.client.assets.totalAssetsYuan">
          <AmountInput />
        </Item>
        <Item name={['client', 'assets', 'netAssetsYuan']} word="f.client.assets.netAssetsYuan">
          <AmountInput />
        </Item>
        <Item name={['client', 'assets', 'debtRatioPct']} word="f.client.assets.debtRatioPct" rules={[percentRule]}>
          <Input inputMode="decimal" suffix="%" />
        </Item>
        <Item name={['client', 'assets', 'source']} word="f.client.assets.source">
          <Input maxLength={200} />
        </Item>
      </div>
      <h3>{t('form.shareholders')}</h3>
      <Entries name={at('shareholders')} noun={t('form.shareholder')}>
        {(index) => (
          <>
            <Item name={[index, 'name']} word="f.client.shareholders.name">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'sharePct']} word="f.client.shareholders.sharePct" rules={[percentRule]}>
              <Input inputMode="decimal" suffix="%" />
            </Item>
          </>
        )}
      </Entries>
      <h3 style={{ marginTop: 16 }}>{t('form.contact')}</h3>
      <div className="grid">
        <Item name={['client', 'contact', 'address']} word="f.client.contact.address">
          <Input maxLength={200} />
        </Item>
        <Item name={['client', 'contact', 'postcode']} word="f.client.contact.postcode">
          <Input maxLength={10} inputMode="numeric" />
        </Item>
        <Item name={['client', 'contact', 'phone']} word="f.client.contact.phone">
          <Input maxLength={40} type="tel" />
        </Item>
        <Item name={['client', 'contact', 'fax']} word="f.client.contact.fax">
          <Input maxLength={40} type="tel" />
        </Item>
        <Item name={['client', 'contact', 'email']} word="f.client.contact.email">
          <Input maxLength={200} type="email" />
        </Item>
      </div>
      <h3>{t('form.members')}</h3>
      <Entries name={at('members')} noun={t('form.member')}>
        {(index) => (
          <>
            <Item name={[index, 'name']} word="f.client.members.name">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'uscc']} word="f.client.members.uscc" rules={[usccRule]}>
              <Input maxLength={40} spellCheck={false} />
            </Item>
            <Item name={[index, 'relation']} word="f.client.members.relation">
              <Input maxLength={200} />
            </Item>
            <DuplicateCheck at={['client', 'members', index]} known={known?.members?.[index]} />
          </>
        )}
      </Entries>
    </>
  );
}
